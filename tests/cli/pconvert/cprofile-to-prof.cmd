cp "$TESTDATA/cprofile/py313.prof" run.prof
pconvert -o again.prof run.prof
cmp <(ptop --tsv run.prof) <(ptop --tsv again.prof) && echo the same
pconvert -t cprofile again.prof | cmp - again.prof && echo the same bytes
printf "main;f 3\nmain;f;f 2\nmain 1\n" | pconvert -t cprofile | ptop --tsv
