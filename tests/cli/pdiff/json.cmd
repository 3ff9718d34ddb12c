cd "$TESTDATA/pprof"
pdiff --json -n 3 a.pb b.pb
