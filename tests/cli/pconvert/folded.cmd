pconvert -t folded "$TESTDATA/pprof/goroutine.pb.gz"
