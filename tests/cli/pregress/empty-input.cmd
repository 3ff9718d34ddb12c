: > empty
pregress empty "$TESTDATA/pprof/a.pb"
echo "status $?"
pregress "$TESTDATA/pprof/a.pb" - < /dev/null
