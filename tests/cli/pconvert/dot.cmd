cd "$TESTDATA/pprof"
pconvert -t dot -n 12 < heap.pb.gz
