{ sleep 0.2; pflame "$TESTDATA/pprof/a.pb"; echo "status $?" >&2; } | true
