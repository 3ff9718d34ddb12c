cd "$TESTDATA/pprof"
pdiff -t pprof a.pb b.pb | ptop -g name --tsv -n 6
pdiff -t pprof a.pb b.pb | pconvert -i | grep 'label\|type'
pdiff -t pprof a.pb a.pb | ptop
