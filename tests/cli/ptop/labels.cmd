# A table for each key; a number has the unit that its key tells.
ptop --labels "$TESTDATA/pprof/a.pb"
ptop --labels --tsv "$TESTDATA/pprof/a.pb"
ptop --labels --json -n 1 "$TESTDATA/pprof/a.pb"
ptop --labels --csv "$TESTDATA/pprof/heap.pb.gz" | head -n 4
ptop --labels -n 3 "$TESTDATA/pprof/heap.pb.gz"
printf 'main;f 70\n' | ptop --labels -
ptop --labels --unit bytes -n 2 "$TESTDATA/pprof/heap.pb.gz"
