ptop -n 5 --width 60 "$TESTDATA/pprof/a.pb"
ptop -n 3 --width 60 --ascii "$TESTDATA/pprof/a.pb"
