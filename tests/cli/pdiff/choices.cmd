# What is no choice is named with what is one.
for o in --sort=size --only=up,same --metric=self,flat --alpha=0 --ci=100% \
	--noise=5 --min-delta=x --min-delta=5ms --min-value=-1 \
	--bootstrap=1000000 --metric=calls; do
	pdiff $o "$TESTDATA/folded/perf.folded" "$TESTDATA/folded/perf2.folded"
	echo "$o: $?"
done
for o in '--sort abs' '-n 3' '--only up' '--min-delta 1'; do
	pdiff --tree $o "$TESTDATA/pprof/a.pb" "$TESTDATA/pprof/b.pb"
	echo "--tree $o: $?"
done
