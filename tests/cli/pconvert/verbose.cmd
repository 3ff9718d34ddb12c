pconvert -v -s cpu -t folded "$TESTDATA/pprof/a.pb" | wc -l
