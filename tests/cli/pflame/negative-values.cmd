frames() { tr "\\n" " " | grep -o "<[a-z]* class[^<]*<title>[^<]*"; }
printf 'm;f -5\nm;g 7\n' > in.folded
pflame in.folded | frames
pflame in.folded | grep -A 4 '<desc'
