# Callees of the match nearest the leaf are cut.
pconvert -t folded --prune-from '^f' - <<'END'
main;f1;g;f2;h;i 3
main;g 7
END
