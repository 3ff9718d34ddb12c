# A count without a stack is not lost: the column adds up.
printf 'main;f 5\n 2\n' > e.folded
ptop e.folded
