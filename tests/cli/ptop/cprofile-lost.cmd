cp "$TESTDATA/cprofile/py27.prof" run.prof
ptop --callers lost run.prof
