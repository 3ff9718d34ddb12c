for file in "$TESTDATA"/pstats/edge_*.pstats.txt; do
	echo "== ${file##*/}"
	pconvert -t dump "$file"
done
