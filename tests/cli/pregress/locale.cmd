cd "$TESTDATA/pprof"
pregress a.pb b.pb > "$OLDPWD/want"
LC_ALL=de_DE.UTF-8 LANG=tr_TR.UTF-8 pregress a.pb b.pb |
	cmp - "$OLDPWD/want" && echo same
