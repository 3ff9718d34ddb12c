# Both sides of every row are what the format's own tool says.
cd "$TESTDATA/pprof"
pdiff -a -g name --tsv a.pb b.pb | sed 1d | sort > "$OLDPWD/rows"
awk -F'\t' '$1 == "cpu" && $4 != "TOTAL" { print $2 "\t" $3 "\t" $4 }' \
	a.want.tsv | sort > "$OLDPWD/a"
awk -F'\t' '$1 == "cpu" && $4 != "TOTAL" { print $2 "\t" $3 "\t" $4 }' \
	b.want.tsv | sort > "$OLDPWD/b"
cd "$OLDPWD"
awk -F'\t' '$5 != "new" { print $1 "\t" $3 "\t" $6 }' rows | sort |
	cmp - a && echo base
awk -F'\t' '$5 != "gone" { print $2 "\t" $4 "\t" $6 }' rows | sort |
	cmp - b && echo new
