ptop --tsv --callers '^main\.mix$' "$TESTDATA/pprof/a.pb"
