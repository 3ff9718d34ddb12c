cd "$TESTDATA/pprof"
pregress -n 1 a.pb b.pb | tail -n 4
pregress -a a.pb b.pb | tail -n 4
