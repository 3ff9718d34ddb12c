ptop --callers '^main\.hashOrders$' "$TESTDATA/pprof/a.pb"
