for i in 1 2 3 4 5 6 7; do
	echo "main;f 5"
	echo "no count at all $i;x"
	echo "main;g 3"
done > s.folded
ptop s.folded
echo "status $?"
ptop -q --json s.folded | grep '"skipped"\|"reason"'
ptop --strict s.folded
