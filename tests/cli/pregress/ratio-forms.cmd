cd "$TESTDATA/pprof"
pregress -x 2.5 --json a.pb b.pb > "$OLDPWD/want"
for x in 2.5x 2.50 150%; do
	pregress -x $x --json a.pb b.pb | cmp - "$OLDPWD/want" && echo $x
done
pregress --ratio=2.5 --json a.pb b.pb | cmp - "$OLDPWD/want" && echo ratio
pregress -x 0.9 a.pb b.pb
pregress -x '50 %' a.pb b.pb
