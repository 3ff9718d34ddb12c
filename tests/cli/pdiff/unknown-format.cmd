echo hello > h
pdiff h "$TESTDATA/pprof/a.pb"
echo "status $?"
pdiff "$TESTDATA/pprof/a.pb" h
