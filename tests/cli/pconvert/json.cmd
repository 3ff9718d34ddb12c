pconvert -t json "$TESTDATA/pprof/goroutine.pb.gz"
