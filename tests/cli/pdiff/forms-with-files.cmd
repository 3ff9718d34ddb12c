cd "$TESTDATA/pprof"
pdiff -n 2 --tsv="$OLDPWD/d.tsv" --json="$OLDPWD/d.json" a.pb b.pb
cd "$OLDPWD"
cat d.tsv d.json
