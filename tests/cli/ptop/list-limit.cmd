ptop -n 1 --list 'main\.(mix|hashOrders)$' "$TESTDATA/pprof/a.pb"
