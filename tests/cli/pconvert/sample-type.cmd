pconvert -s inuse_space "$TESTDATA/pprof/heap.pb.gz" | pconvert -i | grep type
pconvert -s heat "$TESTDATA/pprof/heap.pb.gz"
