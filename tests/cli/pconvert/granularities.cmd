# What stands for a frame; in formats without lines as names.
for g in name function file line address module package; do
	echo "-g $g:"
	pconvert -q -t folded -g $g --focus 'main\.mix' \
	    "$TESTDATA/pprof/runs/v1.1.cpu.pb.gz" | head -n 2
done
pconvert -q -t folded -g label:batch "$TESTDATA/pprof/runs/v1.1.cpu.pb.gz"
pconvert -q -t folded -g lines "$TESTDATA/pprof/runs/v1.1.cpu.pb.gz"
