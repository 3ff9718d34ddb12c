printf 'samples/count\nmain;f 5\n' > x.folded
pconvert x.folded | ptop - x.folded
