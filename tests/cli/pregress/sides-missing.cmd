cd "$TESTDATA/pprof"
pregress a.pb
pregress --base a.pb b.pb
pregress a.pb b.pb a.pb
