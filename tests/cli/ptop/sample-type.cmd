ptop -n 4 -s alloc_objects "$TESTDATA/pprof/heap.pb.gz"
ptop -n 4 "$TESTDATA/pprof/heap.pb.gz"
