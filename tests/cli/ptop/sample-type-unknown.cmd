ptop -s heat "$TESTDATA/pprof/heap.pb.gz"
