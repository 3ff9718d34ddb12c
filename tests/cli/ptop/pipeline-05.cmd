cp "$TESTDATA/pprof/a.pb.gz" cpu.pb.gz
ptop -n 20 cpu.pb.gz
