cd "$TESTDATA/pprof"
pdiff a.pb b.pb > "$OLDPWD/want"
LC_ALL=de_DE.UTF-8 LANG=tr_TR.UTF-8 pdiff a.pb b.pb | cmp - "$OLDPWD/want" &&
	echo same
