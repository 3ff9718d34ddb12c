cd "$TESTDATA/pprof/runs"
pdiff -n 5 --base v1.1.cpu.pb.gz v1.2.cpu.pb.gz v1.3.cpu.pb.gz \
	--new v2.1.cpu.pb.gz v2.2.cpu.pb.gz
