ptop -a "$TESTDATA/pprof/goroutine.pb.gz"
