ptop --tsv "$TESTDATA/pprof/a.pb" | wc -l
ptop --tsv -a "$TESTDATA/pprof/a.pb" | wc -l
