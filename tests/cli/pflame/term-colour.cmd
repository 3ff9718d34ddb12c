printf 'main;parse;read 5\nmain;parse;lex 3\nmain;exit 2\n' > in.folded
esc() { tr '\033' '^'; }
pflame --term --width 30 --color always in.folded | esc
COLORTERM=truecolor pflame --term --width 30 --color always in.folded | esc
CLICOLOR_FORCE=1 pflame --term --width 30 in.folded | grep -c "$(printf '\033')"
NO_COLOR=1 CLICOLOR_FORCE=1 pflame --term --width 30 in.folded |
	grep -c "$(printf '\033')"
true
