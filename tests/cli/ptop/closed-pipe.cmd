{ sleep 0.2; ptop -a "$TESTDATA/pprof/a.pb"; echo "status $?" >&2; } | true
