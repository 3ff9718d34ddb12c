# What matches nothing is named, each; the output is there, the status is 3.
pconvert -t folded --focus main --hide nothing --ignore 'not there' - <<'END'
main;f 1
END
