f=$TESTDATA/folded/perf.folded
for s in tsv csv json md txt; do
	ptop -n 2 -o top.$s "$f"
done
ptop -n 2 --tsv -o raw.json "$f"
head -n 3 top.* raw.json
