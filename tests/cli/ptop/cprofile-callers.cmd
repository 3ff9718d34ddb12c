cp "$TESTDATA/cprofile/py313.prof" run.prof
ptop --callers '^(fact|checksum)$' run.prof
ptop --callers '^fact$' --tsv run.prof
