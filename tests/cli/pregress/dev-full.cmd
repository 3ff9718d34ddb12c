cd "$TESTDATA/pprof"
for f in --ascii --json --junit; do
	pregress $f a.pb a.pb > /dev/full
	echo "status $?"
done
