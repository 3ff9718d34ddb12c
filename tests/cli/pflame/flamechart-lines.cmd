printf 'm;a 2\nm 1\nm;b 3\nm;a;x 4\nm;a;x 1\nz 1\n' > in.folded
pflame --term --flamechart --width 50 in.folded
pflame --flamechart in.folded | grep -o 'from left to right[^<]*' | head -n 1
pflame --flamechart in.folded | grep -o '"sort": *"[a-z]*"'
pflame --term --flamechart --focus x --width 50 in.folded
