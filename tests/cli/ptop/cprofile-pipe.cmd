cp "$TESTDATA/cprofile/py313.prof" run.prof
ptop -n 5 --tsv run.prof >direct
pconvert run.prof | ptop -n 5 --tsv >piped
cmp direct piped && echo the same
