# What only a graph has is refused where nothing would come of it.
printf 'a;b 3\n' > x
pconvert -t folded --call-tree x
echo $?
pconvert -t callgrind --edgefraction 1% x
echo $?
pconvert -t folded -n 5 x
echo $?
