# The same content counts once, packed or not, in whatever order.
printf 'main;f 1\nmain;g 2\n' >a.folded
printf 'main;g 2\nmain;f 1\n' >b.folded
gzip -c a.folded >a.folded.gz
printf 'main;f 5\n' >c.folded
pconvert -t folded --unique a.folded b.folded a.folded.gz c.folded
