printf 'a;b 3\na;"x"\\ 2\n' > x.folded
pconvert -o g.dot x.folded && head -n 1 g.dot
pconvert -o g.gv x.folded && cmp g.dot g.gv && echo same
pconvert -o g.callgrind x.folded && cat g.callgrind
