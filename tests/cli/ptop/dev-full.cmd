ptop "$TESTDATA/pprof/a.pb" > /dev/full
echo "status $?"
ptop --json "$TESTDATA/pprof/a.pb" > /dev/full
echo "status $?"
ptop -o /dev/full "$TESTDATA/pprof/a.pb"
echo "status $?"
ptop -h > /dev/full
