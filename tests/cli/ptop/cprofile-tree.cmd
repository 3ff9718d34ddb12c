cp "$TESTDATA/cprofile/py313.prof" run.prof
ptop --tree --min-share 5% run.prof
