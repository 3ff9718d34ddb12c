# More than sixteen events become a label.
pconvert --info "$TESTDATA/perf/edge_events.txt"
pconvert -t folded "$TESTDATA/perf/edge_events.txt"
ptop --tsv "$TESTDATA/perf/edge_events.txt"
