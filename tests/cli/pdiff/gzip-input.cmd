cd "$TESTDATA/pprof"
pdiff --tsv a.pb.gz b.pb.gz | cmp - <(pdiff --tsv a.pb b.pb) && echo same
