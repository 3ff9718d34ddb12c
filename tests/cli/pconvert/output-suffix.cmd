f=$TESTDATA/pprof/goroutine.pb.gz
for s in pb pprof pb.gz folded collapsed json dump other; do
	pconvert -o x.$s "$f"
done
pconvert -t folded -o y.json "$f"
pconvert -z9 -o z.pb "$f"
for x in x.* y.json z.pb; do
	echo "$x: $(head -c 14 $x | tr -c '[:print:]' .)"
done
