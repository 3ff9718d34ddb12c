# Names, modules and kinds; frames inlined, and without a symbol.
pconvert -t dump "$TESTDATA/perf/edge_frames.txt"
pconvert -t json "$TESTDATA/perf/edge_frames.txt"
