cp "$TESTDATA/cprofile/flat.prof" run.prof
ptop --callers names run.prof
ptop --tree --min-share 20% run.prof
pflame run.prof | grep -o 'no callers are known[^<]*'
