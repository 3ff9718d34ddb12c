cp "$TESTDATA/pprof/a.pb" .
ptop --tsv -a a.pb | sort -t$'\t' -k2,2nr | head
