cd "$TESTDATA/pprof"
pdiff a.pb b.pb > /dev/null
echo "status $?"
pdiff -e a.pb b.pb > /dev/null
echo "status $?"
pdiff --exit-code a.pb no-such
