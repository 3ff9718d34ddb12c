# Keys of labels are kept or dropped, samples stay.
cd "$TESTDATA/perf" || exit
for i in '--tagshow ^c' '--taghide c' '--tagshow thread --tagshow .' \
    '--tagshow thread --taghide thread'; do
	echo "$i"
	# shellcheck disable=SC2086
	pconvert $i -t dump real_threads.txt | grep -E '^(sample|  label|  num)'
done
