# Only what matches stays; a sample without such a frame goes.
pconvert -t folded --show '^(parse|draw)' - <<'END'
main;parse;read 3
main;parse;draw 2
main;other 7
END
