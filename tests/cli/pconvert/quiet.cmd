pconvert -q -t folded "$TESTDATA/pprof/heap.pb.gz" | wc -l
