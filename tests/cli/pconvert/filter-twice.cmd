# A filter given twice is applied twice.
pconvert -t folded --focus parse --focus read - <<'END'
main;parse;read 3
main;parse 2
main;read 7
END
