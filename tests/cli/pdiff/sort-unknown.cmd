pdiff --sort size "$TESTDATA/pprof/a.pb" "$TESTDATA/pprof/b.pb"
