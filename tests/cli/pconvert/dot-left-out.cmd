# What is left out is said, and bridged by dotted edges.
cd "$TESTDATA/pprof/runs"
pconvert -t dot -n 8 --min-share 2% --edgefraction 1% v1.1.cpu.pb.gz
