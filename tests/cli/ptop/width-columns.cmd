# 120 and 80 columns: bars go first, then the error, then the place.
ptop -n 6 --width 120 "$TESTDATA/pprof/a.pb"
ptop -n 6 --width 90 "$TESTDATA/pprof/a.pb"
ptop -n 6 --width 80 "$TESTDATA/pprof/a.pb"
ptop -q -n 4 --width 80 "$TESTDATA/cprofile/py313.prof"
