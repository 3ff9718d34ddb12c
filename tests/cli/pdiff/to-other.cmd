pdiff -t json "$TESTDATA/pprof/a.pb" "$TESTDATA/pprof/b.pb"
