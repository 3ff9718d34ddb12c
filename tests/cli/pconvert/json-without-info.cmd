pconvert --json "$TESTDATA/pprof/a.pb"
