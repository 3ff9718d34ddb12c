ptop "$TESTDATA/pprof/a.pb" >&-
