ptop -n 0 x
ptop -n -1 x
ptop --width 0 x
ptop --color x
ptop --max-mem 0 x
ptop --no-such x
ptop --cum x
