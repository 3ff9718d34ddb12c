ptop --sort file --tsv -n 4 "$TESTDATA/pprof/a.pb" | cut -f 4-6
ptop -q --sort per-call -n 3 "$TESTDATA/cprofile/py313.prof"
ptop --sort per-call -n 1 "$TESTDATA/pprof/a.pb"
