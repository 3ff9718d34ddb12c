mkdir host1 host2 host3
for i in 1 2 3; do
	cp "$TESTDATA/pprof/runs/v1.$i.cpu.pb.gz" host$i/cpu.pb.gz
done
cat host*/cpu.pb.gz | ptop -n 10 -
