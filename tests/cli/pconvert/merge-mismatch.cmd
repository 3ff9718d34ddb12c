cd "$TESTDATA/pprof"
pconvert a.pb heap.pb.gz
