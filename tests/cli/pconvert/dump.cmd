pconvert -t dump "$TESTDATA/pprof/goroutine.pb.gz"
