# Names of threads may look like any other part of a header.
pconvert -t dump "$TESTDATA/perf/edge_comms.txt"
