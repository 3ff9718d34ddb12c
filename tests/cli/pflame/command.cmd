# Where the output goes is no part of the picture, however it is spelled.
echo 'a 1' > in.folded
pflame -q in.folded > want.svg
pflame -qo 1.svg in.folded
pflame -qo2.svg in.folded
pflame -q -o 3.svg in.folded
pflame -q --output=4.svg in.folded
pflame -q --output 5.svg in.folded
pflame -q --out-put 6.svg in.folded
for i in 1 2 3 4 5 6; do cmp want.svg $i.svg && echo same; done
grep -o '"command": *\[[^]]*\]' want.svg
# What looks like it but is an argument or an operand stays.
pflame --title -o in.folded | grep -o '"command": *\[[^]]*\]'
cp in.folded ./-o
pflame -- -o | grep -o '"command": *\[[^]]*\]'
