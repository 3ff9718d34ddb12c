# The old scripts' option is --color-by function; a palette wins over both.
fills() { tr '\n' ' ' <"$1" | grep -o '<[a-z]* class="[^<]*<title>[^<]*'; }
same() { cmp <(fills "$1") <(fills "$2") && echo "$1 is $2"; }
printf 'main;f 5\nmain;g;h 3\n' >in
pflame --hash in >hash
pflame --color-by function in >function
pflame --color-by self in >self
pflame --colors hot --color-by self in >hot-self
pflame --hash --colors hot in >hot-hash
pflame --colors hot in >hot
same hash function
same hot-self hot
same hot-hash hot
fills function
fills self
fills hot
pflame --help | grep -e --hash || echo 'not in --help'
