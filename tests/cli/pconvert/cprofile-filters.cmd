cp "$TESTDATA/cprofile/py313.prof" run.prof
pconvert --focus "^dear$" run.prof | ptop --tsv
