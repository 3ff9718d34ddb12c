pconvert -i --json "$TESTDATA/pprof/heap.pb.gz"
pconvert -i -o facts.json "$TESTDATA/folded/perf.folded"
head -n 6 facts.json
