cp "$TESTDATA/cprofile/names.prof" run.prof
pconvert -t folded run.prof run.prof
pconvert run.prof | ptop --tsv - run.prof
