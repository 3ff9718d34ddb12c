cd "$TESTDATA/pprof"
pconvert -t dot --call-tree -s alloc_space -n 12 heap.pb.gz
