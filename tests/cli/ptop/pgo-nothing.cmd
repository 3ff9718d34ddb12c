ptop --pgo "$TESTDATA/cprofile/py313.prof"
