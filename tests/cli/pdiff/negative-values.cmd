cd "$TESTDATA/pprof"
pdiff -q -n 3 -s inuse_space heap.pb.gz delta.pb.gz
