# Forms with a file are written beside a profile; two to stdout are refused.
pdiff -t folded --tsv=t -o f "$TESTDATA/folded/perf.folded" \
    "$TESTDATA/folded/perf2.folded"
head -n 2 t
head -n 1 f
pdiff -t folded --tsv "$TESTDATA/folded/perf.folded" \
    "$TESTDATA/folded/perf2.folded"
