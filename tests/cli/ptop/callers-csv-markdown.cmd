ptop --csv --callers '^main\.mix$' "$TESTDATA/pprof/a.pb"
ptop --markdown --callers '^main\.mix$' "$TESTDATA/pprof/a.pb"
