pflame --max-depth 3 "$TESTDATA/pprof/a.pb"
