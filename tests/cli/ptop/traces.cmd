# Leaf first; ordered by names from the root.
printf 'm;b 2\nm;a;z 1\nm 4\n' > t
ptop --traces t
ptop --traces --tsv t
ptop --traces --jsonl t
ptop --traces -n 1 --ascii "$TESTDATA/pprof/a.pb"
ptop --traces -n 1 --json t
