cp "$TESTDATA/pprof/a.pb.gz" x.pb.gz
pconvert x.pb.gz "$TESTDATA/pprof/b.pb.gz" -o x.pb.gz
ptop -n 1 x.pb.gz
chmod 600 x.pb.gz
pconvert x.pb.gz -o x.pb.gz
stat -c %a x.pb.gz
ls
