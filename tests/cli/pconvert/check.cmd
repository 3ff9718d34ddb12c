pconvert --check "$TESTDATA"/pprof/{a,heap}.pb.gz "$TESTDATA"/folded/*.folded
echo "status $?"
head -c 5000 "$TESTDATA/pprof/a.pb.gz" > cut.pb.gz
pconvert --check "$TESTDATA/pprof/a.pb" cut.pb.gz
