ptop --tsv --csv "$TESTDATA/folded/perf.folded"
