cd "$TESTDATA/folded"
pconvert -t json diff.folded | head -n 6
pconvert -s new -t folded diff.folded | sort | cmp - <(pconvert \
	-t folded perf2.folded | sort) && echo "the new side"
