ptop --list 'no such function' "$TESTDATA/pprof/a.pb"
