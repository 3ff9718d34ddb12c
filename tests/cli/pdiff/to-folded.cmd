cd "$TESTDATA/folded"
pdiff -t folded perf.folded perf2.folded | sort > "$OLDPWD/ours"
sort diff.folded | cmp - "$OLDPWD/ours" && echo as difffolded.pl does
