cd "$TESTDATA/programs/gowork" || exit
ptop --json --list 'hashOrders' "$TESTDATA/pprof/a.pb"
