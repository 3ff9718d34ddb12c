# Numeric labels in ranges, decimals and units included: 1.5kb is a range.
cd "$TESTDATA/pprof" || exit
sizes() {
	pconvert -t dump "$@" heap.pb.gz | sed -n 's/^  number	bytes	//p' |
	    sort -nu | tr '\n' ' '
	echo
}
sizes
sizes --tagfocus 1.5kb:12kb
sizes --tagfocus bytes=0.0625kb:0.1kb
sizes --tagfocus 48
sizes --tagfocus :48 --tagignore bytes=+17B:32B
sizes --tagignore 0:
