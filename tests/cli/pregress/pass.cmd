cd "$TESTDATA/pprof"
pregress a.pb a.pb.gz
