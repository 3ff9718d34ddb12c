cd "$TESTDATA/pprof"
pregress a.pb b.pb
