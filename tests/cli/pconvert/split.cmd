# One file for each input.
mkdir in out
printf 'main;f 1\n' >in/a.folded
printf 'main;g 2\n' >in/b.txt
pconvert -q -t folded --split out in/a.folded in/b.txt
head out/*
pconvert -q --split out in/a.folded ./in/a.folded
pconvert -q --split out -o x in/a.folded
