cd "$TESTDATA/pprof"
for f in --ascii --tsv --json '-t folded' '-t pprof'; do
	pdiff $f a.pb b.pb > "$OLDPWD/one"
	pdiff $f a.pb b.pb | cmp - "$OLDPWD/one" && echo "$f: same"
done
