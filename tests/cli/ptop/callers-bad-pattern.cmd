ptop --callers '(' "$TESTDATA/pprof/a.pb"
