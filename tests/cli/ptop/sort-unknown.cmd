ptop --sort weight "$TESTDATA/folded/perf.folded"
