ptop --tree --root comm --min-share 10% "$TESTDATA/perf/real_small.txt"
