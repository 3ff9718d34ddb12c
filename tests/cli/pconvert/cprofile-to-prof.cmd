cp "$TESTDATA/cprofile/py313.prof" run.prof
pconvert -o again.prof run.prof
cmp <(ptop -q --tsv run.prof) <(ptop -q --tsv again.prof) && echo the same
pconvert -q -t cprofile again.prof | cmp - again.prof && echo the same bytes
printf "main;f 3\nmain;f;f 2\nmain 1\n" | pconvert -t cprofile | ptop --tsv
