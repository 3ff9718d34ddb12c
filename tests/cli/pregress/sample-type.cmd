cd "$TESTDATA/pprof"
pregress -n 2 -s alloc_objects heap.pb.gz heap2.pb.gz
