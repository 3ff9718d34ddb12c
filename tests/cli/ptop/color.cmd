ptop -n 4 --color always "$TESTDATA/pprof/a.pb"
