cd "$TESTDATA/pprof"
pdiff -n 3 a.pb b.pb
pdiff -n 3 --sort delta b.pb a.pb
