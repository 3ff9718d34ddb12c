mkdir base
for i in 1 2 3 4 5; do
	cp "$TESTDATA/pprof/runs/v1.$i.cpu.pb.gz" base/$i.pb.gz
done
cp "$TESTDATA/pprof/runs/v2.1.cpu.pb.gz" new.pb.gz
pregress -x 1.5 --base base/{1,2,3,4,5}.pb.gz -- new.pb.gz || exit 1
