for t in pprof folded json dump; do
	pconvert -t $t "$TESTDATA/pprof/goroutine.pb.gz" > /dev/full
	echo "status $?"
done
pconvert -i "$TESTDATA/pprof/goroutine.pb.gz" > /dev/full
echo "status $?"
pconvert --formats > /dev/full
