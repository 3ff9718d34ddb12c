# Numbers are printed all the same; machine forms say it once for a file.
ptop --list 'main\.mix$' "$TESTDATA/pprof/a.pb"
ptop --tsv --list 'main\.(mix|hashOrders)$' "$TESTDATA/pprof/a.pb"
ptop --list 'main\.mix$' --source no-such-folder "$TESTDATA/pprof/a.pb"
