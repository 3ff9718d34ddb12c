cd "$TESTDATA/pprof"
{ sleep 0.2; pdiff -a a.pb b.pb; echo "status $?" >&2; } | true
