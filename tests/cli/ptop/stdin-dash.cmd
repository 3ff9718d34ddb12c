ptop -n 2 - < "$TESTDATA/pprof/a.pb"
