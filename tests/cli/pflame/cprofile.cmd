cp "$TESTDATA/cprofile/py313.prof" run.prof
pflame run.prof >out.svg
grep -o "call tree estimated from callers and callees" out.svg | sort -u
