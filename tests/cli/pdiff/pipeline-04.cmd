cp "$TESTDATA/pprof/heap.pb.gz" heap1.pb.gz
cp "$TESTDATA/pprof/heap2.pb.gz" .
pdiff -s inuse_space heap1.pb.gz heap2.pb.gz
