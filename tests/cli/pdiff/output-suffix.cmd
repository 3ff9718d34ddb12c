cp "$TESTDATA"/pprof/{a,b}.pb .
for s in tsv json txt folded pb.gz; do
	pdiff -n 1 -o d.$s a.pb b.pb
done
head -n 2 d.tsv d.json d.txt d.folded | cut -c 1-60
pconvert -i d.pb.gz | grep type
