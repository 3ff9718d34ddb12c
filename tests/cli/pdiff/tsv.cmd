cd "$TESTDATA/pprof"
pdiff --tsv -n 6 a.pb b.pb
pdiff --tsv a.pb b.pb | wc -l
