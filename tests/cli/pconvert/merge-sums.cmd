cd "$TESTDATA/pprof"
pconvert a.pb a.pb a.pb | ptop -a -g name --tsv | cut -f1,2,4 |
	sed 1d | sort -k3 > "$OLDPWD/three"
ptop -a -g name --tsv a.pb | awk -F'\t' 'NR > 1 {
	print 3 * $1 "\t" 3 * $2 "\t" $4 }' OFMT=%.0f CONVFMT=%.0f |
	sort -k3 | cmp - "$OLDPWD/three" && echo three times a
