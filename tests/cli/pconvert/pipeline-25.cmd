# 25: each host sums its own, the sums are summed; two folders are the hosts.
mkdir web1 web2
cp "$TESTDATA"/pprof/runs/v1.[12].cpu.pb.gz web1
cp "$TESTDATA"/pprof/runs/v1.[345].cpu.pb.gz web2
for host in web1 web2; do
	(cd $host && pconvert -m ./*.pb.gz)
done | pconvert -m - -o fleet.pb.gz
pconvert -m web?/*.pb.gz -o all.pb.gz
cmp fleet.pb.gz all.pb.gz && ptop -n 3 fleet.pb.gz
