cd "$TESTDATA/pprof"
pconvert -t callgrind --call-tree block.pb.gz
