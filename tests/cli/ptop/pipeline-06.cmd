# 6: the samples of one tenant, by total.
cp "$TESTDATA/pprof/tags.pb.gz" cpu.pb.gz
ptop --tagfocus tenant=acme --sort total -n 6 cpu.pb.gz
ptop --tagfocus tenant=nobody --tsv cpu.pb.gz
