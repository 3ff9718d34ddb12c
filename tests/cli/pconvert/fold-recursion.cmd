pconvert -t folded --fold-recursion - <<'END'
main;f;f;f;g;f 3
main;f;g;f 2
END
