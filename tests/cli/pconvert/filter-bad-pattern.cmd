pconvert --focus '[' "$TESTDATA/pprof/a.pb"
echo "status $?"
pconvert --hide 'a\C' "$TESTDATA/pprof/a.pb"
