cd "$TESTDATA/pprof"
pdiff a.pb b.pb
