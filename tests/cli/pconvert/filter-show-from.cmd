# Callers of the match nearest the root are cut.
pconvert -t folded --show-from '^f' - <<'END'
main;f1;g;f2;h 3
main;g 7
END
