# An input whose second profile is broken is left out whole.
head -c 1000 "$TESTDATA/pprof/b.pb.gz" > cut
cat "$TESTDATA/pprof/a.pb.gz" cut > both.gz
ptop -k -n 1 both.gz "$TESTDATA/pprof/b.pb.gz"
