cd "$TESTDATA/pprof"
ptop a.pb heap.pb.gz
