ptop --pgo -n 5 "$TESTDATA/pprof/a.pb"
ptop --pgo -n 3 --score total "$TESTDATA/pprof/a.pb"
