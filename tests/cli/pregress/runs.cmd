cd "$TESTDATA/pprof/runs"
pregress --base v1.*.pb.gz --new v2.*.pb.gz
