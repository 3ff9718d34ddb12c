pdiff --sort name "$TESTDATA/pprof/a.pb" "$TESTDATA/pprof/b.pb"
