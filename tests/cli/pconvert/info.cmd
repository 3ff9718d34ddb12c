pconvert -i "$TESTDATA/pprof/a.pb"
pconvert --info "$TESTDATA/folded/diff.folded"
