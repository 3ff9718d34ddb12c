cd "$TESTDATA/folded"
pdiff perf.folded perf2.folded
