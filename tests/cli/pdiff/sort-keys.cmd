printf 'a 10\nb 100\nc 20\nd 5\n' > x
printf 'a 40\nb 160\nc 1\nd 6\ne 2\n' > y
for key in delta abs ratio name; do
	echo $key: $(pdiff --tsv --sort $key x y | tail -n +2 | cut -f 6)
	echo $key, three: $(pdiff --tsv -n 3 --sort=$key x y |
		tail -n +2 | cut -f 6)
done
