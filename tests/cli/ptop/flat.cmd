ptop -n 8 "$TESTDATA/pprof/a.pb"
