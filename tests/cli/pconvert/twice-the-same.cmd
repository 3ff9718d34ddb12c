cd "$TESTDATA"
for t in pprof folded json dump; do
	for f in pprof/heap.pb.gz folded/perf.folded; do
		pconvert -q -t $t $f > "$OLDPWD/one"
		pconvert -q -t $t $f | cmp - "$OLDPWD/one" &&
		    echo "$t $f: same"
	done
done
