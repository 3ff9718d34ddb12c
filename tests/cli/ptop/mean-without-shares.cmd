# A mean is no part of another: no shares; and the divisor has no mean.
cp "$TESTDATA/pprof/heap.pb.gz" "$TESTDATA/pprof/tags.pb.gz" .
ptop --types --tsv heap.pb.gz | cut -f 1-3,6
ptop --mean -s inuse_space -n 2 heap.pb.gz
ptop --mean -s inuse_space -n 1 --peek main.main heap.pb.gz
ptop --mean -s inuse_space -n 1 --json heap.pb.gz | grep -o '"[a-z]*_pct": [^,}]*'
ptop --mean -s inuse_space -n 1 --markdown heap.pb.gz
ptop --mean -s alloc_objects heap.pb.gz; echo "status $?"
printf 'main;f 2\n' | ptop --mean; echo "status $?"
printf 'main;f 2\n' | ptop --mean --labels; echo "status $?"
printf 'main;f 2\n' >a && pdiff --mean a a; echo "status $?"
ptop --mean --labels -n 1 tags.pb.gz
ptop --mean --labels -n 1 --json tags.pb.gz | grep -c '"weight_pct": null'
