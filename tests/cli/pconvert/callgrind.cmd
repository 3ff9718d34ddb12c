cd "$TESTDATA/pprof"
pconvert -t callgrind heap.pb.gz
