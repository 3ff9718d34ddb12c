pflame "$TESTDATA/pprof/a.pb" > /dev/full
