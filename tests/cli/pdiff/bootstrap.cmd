# A fixed seed: the same numbers each time.
cd "$TESTDATA/pprof"
pdiff --bootstrap 200 -n 3 --tsv a.pb b.pb > "$OLDPWD/1"
pdiff --bootstrap 200 -n 3 --tsv a.pb b.pb > "$OLDPWD/2"
cd "$OLDPWD"
cmp 1 2 && head -n 1 1 | cut -f 18-
pdiff --bootstrap 50 -g package --tsv "$TESTDATA/pprof/a.pb" \
	"$TESTDATA/pprof/b.pb" | head -n 1 | cut -f 18-
