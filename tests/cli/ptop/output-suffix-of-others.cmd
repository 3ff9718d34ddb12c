f=$TESTDATA/folded/perf.folded
for s in pb pb.gz pprof folded prof dot svg html xml; do
	ptop -o x.$s "$f"
	echo "status $?"
done
ls
ptop -n 1 --tsv -o x.folded "$f" && cat x.folded
ptop -n 1 -o x.markdown "$f" && head -n 2 x.markdown
