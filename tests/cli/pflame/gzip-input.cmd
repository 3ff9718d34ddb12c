cd "$TESTDATA/pprof"
pflame --title x a.pb.gz | cmp - <(pflame --title x a.pb) && echo same
