ptop -n 6 -s inuse_space "$TESTDATA/pprof/delta.pb.gz"
