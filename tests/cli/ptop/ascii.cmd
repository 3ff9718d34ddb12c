ptop -n 5 --ascii "$TESTDATA/pprof/a.pb"
