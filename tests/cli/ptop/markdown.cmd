ptop --markdown -n 4 "$TESTDATA/pprof/a.pb"
