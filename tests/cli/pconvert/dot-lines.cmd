# Lines are nodes of their own, and are named so.
pconvert -q -t dot -g line "$TESTDATA/pprof/a.pb" |
	sed -n 's/^n\([0-9]*\) .*tooltip="\(main[^"]*\)"]$/\1 \2/p' | head -n 4
