ptop --csv -n 6 "$TESTDATA/pprof/a.pb"
