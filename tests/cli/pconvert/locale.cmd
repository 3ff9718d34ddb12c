f=$TESTDATA/pprof/a.pb
for t in pprof folded json dump; do
	pconvert -q -t $t "$f" > want
	LC_ALL=de_DE.UTF-8 LANG=tr_TR.UTF-8 TZ=Asia/Tokyo pconvert -q -t $t \
		"$f" | cmp - want && echo "$t: same"
done
