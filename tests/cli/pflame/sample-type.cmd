frames() { tr "\\n" " " | grep -o "<[a-z]* class[^<]*<title>[^<]*"; }
pflame -s alloc_objects "$TESTDATA/pprof/heap.pb.gz" | frames | head -n 2
pflame "$TESTDATA/pprof/heap.pb.gz" | frames | head -n 2
pflame -s heat "$TESTDATA/pprof/heap.pb.gz"
