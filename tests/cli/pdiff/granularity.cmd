a=$TESTDATA/pprof/runs/v1.1.cpu.pb.gz b=$TESTDATA/pprof/runs/v2.1.cpu.pb.gz
pdiff --tsv -g file "$a" "$b" | head -n 4
pdiff --tsv -g package "$a" "$b" | head -n 4
pdiff --unit s -g module "$a" "$b"
