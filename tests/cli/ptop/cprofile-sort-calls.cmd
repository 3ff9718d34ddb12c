cp "$TESTDATA/cprofile/py313.prof" run.prof
ptop -n 4 --sort calls run.prof
ptop -n 3 --sort total --tsv run.prof
ptop -n 1 --json run.prof
