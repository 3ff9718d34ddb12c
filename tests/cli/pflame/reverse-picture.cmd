printf 'main;parse;read 5\nmain;exit;read 3\nmain;parse 2\n' > in.folded
pflame --term --reverse --width 50 in.folded
pflame --term --reverse --inverted --width 50 in.folded
pflame --reverse in.folded | grep -o '"reverse": *[a-z]*'
pflame in.folded | grep -o '"reverse": *[a-z]*'
