ptop --tsv -n 6 "$TESTDATA/pprof/a.pb"
