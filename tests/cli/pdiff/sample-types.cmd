cd "$TESTDATA/pprof"
pdiff -n 1 -s alloc_objects heap.pb.gz heap2.pb.gz
pdiff -n 1 -s heat heap.pb.gz heap2.pb.gz
pdiff -n 1 a.pb heap.pb.gz
