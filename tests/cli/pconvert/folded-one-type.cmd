cd "$TESTDATA/pprof"
pconvert -t folded heap.pb.gz | tail -n 2
pconvert -t folded -s alloc_objects heap.pb.gz | tail -n 2
pconvert --strict -t folded a.pb | tail -n 1
