cp "$TESTDATA"/pprof/*.pb.gz .
pconvert --check *.pb.gz && echo all readable
