frames() { tr "\\n" " " | grep -o "<[a-z]* class[^<]*<title>[^<]*"; }
printf 'm (m.py:1);f (a.py:3) 2\nm (m.py:1);f (b.py:9) 3\n' > in.folded
pflame in.folded | frames
pflame -g name in.folded | frames
