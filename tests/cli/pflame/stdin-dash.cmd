pflame - < "$TESTDATA/pprof/a.pb" | cmp - <(pflame < "$TESTDATA/pprof/a.pb") &&
	echo same
pflame - -
