pconvert --formats
pconvert --formats --tsv
