echo garbage > bad
ptop -k -n 1 bad no-such-file "$TESTDATA/pprof/a.pb"
echo "status $?"
ptop -k bad no-such-file
