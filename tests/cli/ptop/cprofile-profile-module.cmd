cp "$TESTDATA/cprofile/profile313.prof" run.prof
ptop --callers "^fact$" run.prof
