ptop -v -n 1 "$TESTDATA/pprof/a.pb"
