cd "$TESTDATA/pprof/runs"
ptop -a --tsv v1.1.cpu.pb.gz v1.2.cpu.pb.gz v2.1.cpu.pb.gz > "$OLDPWD/one"
ptop -a --tsv v2.1.cpu.pb.gz v1.2.cpu.pb.gz v1.1.cpu.pb.gz |
	cmp - "$OLDPWD/one" && echo same
