# Normalised values are no counts of samples, and no work of processors.
cp "$TESTDATA/pprof/a.pb.gz" .
ptop -n 2 a.pb.gz
ptop -n 2 --normalize total a.pb.gz
pconvert --normalize total a.pb.gz | ptop -n 2
ptop -n 2 --normalize duration a.pb.gz
ptop -n 1 --scale 2 a.pb.gz
printf 'main;f 1\nmain;g 2\n' | ptop --normalize total
printf 'main;f 1\nmain;g 2\n' | ptop --normalize total --pgo
