mkdir prof
cp "$TESTDATA"/pprof/runs/v1.*.pb.gz prof
find prof -name '*.pb.gz' -print0 | pconvert -m --files0-from - -o all.pb.gz
pconvert -m prof/*.pb.gz | cmp - <(pconvert all.pb.gz) && ptop -n 3 all.pb.gz
