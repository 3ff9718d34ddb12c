# A failure leaves an old file as it was and no part of a new one.
cp "$TESTDATA/pprof/a.pb.gz" old.pb.gz
cp old.pb.gz copy
head -c 3000 "$TESTDATA/pprof/a.pb.gz" > cut.pb.gz
pconvert -o old.pb.gz cut.pb.gz
cmp old.pb.gz copy && echo as it was
pconvert -o new.pb.gz cut.pb.gz
pconvert -o no/such/folder.pb copy
(ulimit -f 1; trap '' XFSZ; pconvert -o big.pb copy)
ls
