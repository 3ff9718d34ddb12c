cp "$TESTDATA/cprofile/py313.prof" run.prof
pconvert -t folded run.prof | head -n 5
pconvert -i run.prof
