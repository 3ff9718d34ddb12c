# Every function with its neighbours: pprof's -tree.
printf 'm;a;b 3\nm;b 2\nm 1\n' > t
ptop --peek . t
ptop --peek . -n 1 --sort total t
ptop --peek b --tsv=b.tsv --json=b.json t > /dev/null && cat b.tsv && tail -n 8 b.json
