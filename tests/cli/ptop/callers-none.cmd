ptop --callers 'no such function' "$TESTDATA/pprof/a.pb"
