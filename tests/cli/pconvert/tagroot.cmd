# Frames out of labels, at the root and at the leaf.
cd "$TESTDATA/perf" || exit
pconvert -t folded --root none --tagroot comm,cpu real_threads.txt
pconvert -t folded --root none --tagleaf cpu,nix real_threads.txt
pconvert -t folded -s inuse_space --tagroot bytes ../pprof/heap.pb.gz |
    cut -d';' -f1 | sort -u | tail -n 4
