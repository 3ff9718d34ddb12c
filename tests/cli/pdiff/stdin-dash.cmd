cd "$TESTDATA/pprof"
pdiff -n 1 a.pb - < b.pb.gz
pdiff -n 1 - b.pb < a.pb
