frames() { tr "\\n" " " | grep -o "<[a-z]* class[^<]*<title>[^<]*"; }
printf 'main;same 5\nmain;up 2\nmain;down 3\nmain;gone 1\n' > a
printf 'main;same 5\nmain;up 4\nmain;down 1\nmain;new 7\n' > b
pflame --diff a b | frames
pflame --diff a b | grep -A 3 '<desc'
