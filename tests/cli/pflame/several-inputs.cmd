frames() { tr "\\n" " " | grep -o "<[a-z]* class[^<]*<title>[^<]*"; }
printf 'm;f 1\n' > a
printf 'm;g 2\n' > b
pflame a b | frames
cat a b | pflame | frames | cmp - <(pflame b a | frames) && echo same
