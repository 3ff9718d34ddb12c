# Shares are of what was read, unless they are to be relative.
cat >in.folded <<'END'
main;parse;read 3
main;draw 1
END
ptop -g name --focus parse in.folded
ptop -g name --focus parse --relative-percentages in.folded
ptop --json --focus parse --hide main in.folded | grep -e total\" -e filters
