# By name, with inuse_ or without, or by number.
heap=$TESTDATA/pprof/heap.pb.gz
for s in inuse_space space 3; do
	pconvert -s $s -i "$heap" >/dev/null
	ptop -s $s --tsv "$heap" | cksum
done
ptop -s 9 "$heap"
