echo hello > h
pregress "$TESTDATA/pprof/a.pb" h
