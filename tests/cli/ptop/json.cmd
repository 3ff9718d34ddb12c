ptop --json -n 3 "$TESTDATA/pprof/a.pb"
