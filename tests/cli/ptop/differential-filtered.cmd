# A difference has no samples to count, before a filter and behind it.
cd "$TESTDATA/pprof"
pdiff -t pprof a.pb b.pb >"$OLDPWD/d"
cd "$OLDPWD"
ptop --focus hash -n 2 d
ptop --pgo -n 2 d
ptop --pgo --json -n 1 d | grep -o '"\(low\|high\)": [^,}]*'
ptop --info d | grep total
ptop --types --tsv d
