cd "$TESTDATA/pprof"
for f in --ascii --tsv --json '-t folded' '-t pprof'; do
	pdiff $f a.pb b.pb > /dev/full
	echo "status $?"
done
