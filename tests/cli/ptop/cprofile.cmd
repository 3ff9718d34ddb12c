cp "$TESTDATA/cprofile/py313.prof" run.prof
ptop -n 6 run.prof
