ptop --min-share 1% "$TESTDATA/pprof/a.pb"
