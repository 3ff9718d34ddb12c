# Folded stacks do not tell the files of functions: they are the same ones.
ab=$TESTDATA/ab/go
for i in 1 3; do
	pconvert -t folded -s samples -o $i.folded "$ab/v1.$i.pb.gz" 2>pconvert.err || cat pconvert.err
done
for g in function name; do
	pdiff -s samples -g $g --tsv -a --base 1.folded "$ab/v1.2.pb.gz" 3.folded \
	    --new "$ab"/v1.[123].pb.gz | cut -f5 | sort | uniq -c
done
