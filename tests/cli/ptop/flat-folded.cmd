ptop -n 8 "$TESTDATA/folded/perf_annotated.folded"
