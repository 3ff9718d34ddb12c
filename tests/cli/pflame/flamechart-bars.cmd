# Frames too narrow to be drawn: no bar reaches over what was blank, and what
# is not in the file is in none.
narrow()
{
	for i in 1 2 3 4 5 6 7 8 9; do echo "m;$1$i 700"; done
}
{
	echo 'm;tiny 1'
	echo 'm 50000'
	echo 'm;wide 500000'
	narrow a
	echo 'm 100000'
	narrow b
	echo 'm;wide 300000'
	echo 'm 40000'
} > in.folded
pflame --flamechart in.folded > out.svg
grep -o '<rect class="rest" [^/]*' out.svg
grep '^Left out' out.svg
