ptop --types "$TESTDATA/pprof/heap.pb.gz"
ptop --types --tsv "$TESTDATA/pprof/heap.pb.gz"
ptop --types --json "$TESTDATA/cprofile/py313.prof" 2>/dev/null
printf 'a 1\n' | pconvert --add-comment 'made here' --add-comment '#two' > c.pb
ptop --comments c.pb
ptop --comments --tsv c.pb
ptop --comments --json c.pb
ptop -i c.pb | head -n 4
ptop --info --json c.pb | head -n 5
ptop -i -o c.json c.pb && head -n 3 c.json
