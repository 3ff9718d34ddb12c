# With all rows the self columns are the totals.
cd "$TESTDATA/pprof"
pdiff -a --tsv a.pb b.pb | awk -F'\t' 'NR > 1 { a += $1; b += $2 }
	END { printf "%.0f %.0f\n", a, b }'
grep -h '^cpu.*TOTAL' a.want.tsv b.want.tsv | cut -f2
