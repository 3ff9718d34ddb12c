cp "$TESTDATA/cprofile/py313.prof" run.prof
ptop --callees '^main$' run.prof
ptop --callees '^main$' --csv run.prof
ptop --callees '^main$' --markdown run.prof
