frames() { tr "\\n" " " | grep -o "<[a-z]* class[^<]*<title>[^<]*"; }
printf 'main;parse;read 5\nmain;parse 3\nmain;exit 2\n' > in.folded
pflame --inverted in.folded | frames | cmp - <(pflame in.folded | frames) &&
	echo the same frames
pflame --inverted in.folded | grep -o '<svg class="r"[^>]*>'
pflame in.folded | grep -o '<svg class="r"[^>]*>'
