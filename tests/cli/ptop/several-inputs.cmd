cd "$TESTDATA/pprof/runs"
ptop -n 2 v1.1.cpu.pb.gz v1.2.cpu.pb.gz
ptop -n 2 v1.*.cpu.pb.gz
