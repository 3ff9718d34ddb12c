# The number of samples is told as taken, and not where values were scaled.
for how in '' '--normalize total' '--normalize duration' '--scale 0.5'
do
	echo "$how:"
	pflame $how "$TESTDATA/pprof/a.pb.gz" |
		sed -n 's/.*<desc[^>]*>//; /^cpu/,/frames/p' | head -2
done
