for g in file module package line; do
	ptop --tsv -n 2 -g $g "$TESTDATA/pprof/runs/v1.1.cpu.pb.gz"
done
