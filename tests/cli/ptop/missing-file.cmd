ptop no-such-file "$TESTDATA/pprof/a.pb"
