ptop --json --callers '^main\.mix$' "$TESTDATA/pprof/a.pb"
