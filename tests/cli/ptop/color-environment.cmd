# A pipe has no colour, unless it is forced; NO_COLOR beats CLICOLOR_FORCE.
f=$TESTDATA/pprof/a.pb
ptop -n 2 "$f" >want
TERM=xterm-256color ptop -n 2 "$f" | cmp - want && echo plain
NO_COLOR=1 CLICOLOR_FORCE=1 ptop -n 2 "$f" | cmp - want && echo plain
CLICOLOR_FORCE=0 ptop -n 2 "$f" | cmp - want && echo plain
CLICOLOR_FORCE=1 ptop -n 2 "$f" | cmp -s - want || echo colour
NO_COLOR=1 ptop -n 2 --color always "$f" | cmp -s - want || echo colour
COLUMNS=20 ptop -n 2 "$f" | cmp - want && echo plain
