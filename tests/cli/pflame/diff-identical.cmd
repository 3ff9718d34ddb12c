frames() { tr "\\n" " " | grep -o "<[a-z]* class[^<]*<title>[^<]*"; }
printf 'main;same 5\nmain;g 2\n' > a
pflame --diff a a | frames
pflame --diff a a | grep -o '>Colour: [^<]*\|pf-key [a-z].*'
