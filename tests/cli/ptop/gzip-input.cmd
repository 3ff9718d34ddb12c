cd "$TESTDATA/pprof"
ptop -n 3 a.pb.gz
gzip -c ../folded/perf.folded | ptop -n 3
