cd "$TESTDATA/pprof"
for f in --ascii --json --junit; do
	pregress $f a.pb b.pb > "$OLDPWD/one"
	pregress $f a.pb b.pb | cmp - "$OLDPWD/one" && echo "$f: same"
done
