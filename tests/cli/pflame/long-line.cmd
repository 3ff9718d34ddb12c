# A first line of which no end is seen may be a stack.
{
	head -c 1000000 /dev/zero | tr '\0' x
	echo ' 5'
} > in
pflame in
echo $?
pflame -f folded in | grep -c '</desc>'
head -c 1000000 /dev/zero | tr '\0' '\1' | pflame
