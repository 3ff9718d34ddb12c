# 120 and 80 columns: bars go first, then the error, then the place.
cd "$TESTDATA"
ptop -n 6 --width 120 pprof/a.pb
ptop -n 6 --width 90 pprof/a.pb
ptop -n 6 --width 80 pprof/a.pb
ptop -q -n 4 --width 80 cprofile/py313.prof
