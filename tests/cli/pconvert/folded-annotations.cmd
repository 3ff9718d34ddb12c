# _[k] and its like are read as kinds and written again.
f=$TESTDATA/folded/perf_annotated.folded
pconvert -t folded "$f" | sort | cmp - <(sort "$f") && echo kept
pconvert "$f" | pconvert -t folded | sort | cmp - <(sort "$f") && echo kept
