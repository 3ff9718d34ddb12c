# In one program as in a pipe: focus sees what hide removes, and prune-from
# what is left of all; the order on the command line does not matter.
cat >in.folded <<'END'
main;serve;parse;read 3
main;serve;draw 2
main;gc 7
END
pconvert -t folded --prune-from parse --hide serve --focus serve in.folded
pconvert --focus serve in.folded | pconvert --hide serve - |
    pconvert -t folded --prune-from parse - >piped
pconvert -t folded --prune-from parse --hide serve --focus serve in.folded |
    cmp - piped
