mkdir prof
cp "$TESTDATA"/pprof/runs/v1.*.pb.gz prof
pconvert -m prof/*.pb.gz -o all.pb.gz
ptop -n 3 all.pb.gz
