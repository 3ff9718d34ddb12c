cp "$TESTDATA/folded/perf.folded" in.folded
pflame in.folded > out.svg
grep -A 2 '<desc' out.svg
