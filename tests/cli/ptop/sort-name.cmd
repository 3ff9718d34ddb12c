ptop -n 6 --sort name "$TESTDATA/folded/perf.folded"
