cd "$TESTDATA/pprof"
pflame a.pb > "$OLDPWD/want"
LC_ALL=de_DE.UTF-8 LANG=tr_TR.UTF-8 pflame a.pb | cmp - "$OLDPWD/want" &&
	echo same
