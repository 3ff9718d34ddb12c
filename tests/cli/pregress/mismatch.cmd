cd "$TESTDATA/pprof"
pregress a.pb heap.pb.gz
