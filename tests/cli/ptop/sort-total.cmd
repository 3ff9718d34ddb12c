ptop -n 6 --sort total "$TESTDATA/pprof/a.pb"
