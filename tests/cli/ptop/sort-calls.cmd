# No format that is read counts calls: then the order is that of names.
ptop -n 6 --sort calls --tsv "$TESTDATA/folded/perf.folded"
