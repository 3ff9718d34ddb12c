cd "$TESTDATA/pprof"
pregress - a.pb < a.pb.gz | head -n 3
pregress - - < a.pb
