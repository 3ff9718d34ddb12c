# What cannot be a range is told before anything is written.
cd "$TESTDATA/pprof" || exit
for i in 4kb:2kb 1s:2kb 10:20s 5m 'phase=('; do
	pconvert --tagfocus "$i" a.pb.gz
	echo "$i: $?"
done
pconvert --tagroot , a.pb.gz
echo "no key: $?"
