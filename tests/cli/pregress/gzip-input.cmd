cd "$TESTDATA/pprof"
pregress a.pb.gz a.pb | head -n 1
