{ sleep 0.2; pconvert "$TESTDATA/pprof/a.pb"; echo "status $?" >&2; } | true
