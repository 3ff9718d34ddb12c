# Without addresses a profile gets smaller, and its lines are the same.
in=$TESTDATA/pprof/runs/v1.1.cpu.pb.gz
pconvert -g line -o line.pb "$in"
pconvert -o all.pb "$in"
[ "$(wc -c <line.pb)" -lt "$(wc -c <all.pb)" ] && echo smaller
ptop --tsv -g line "$in" | cut -f 1,2,4 | sort >want
ptop --tsv -g line line.pb | cut -f 1,2,4 | sort | cmp - want && echo same
