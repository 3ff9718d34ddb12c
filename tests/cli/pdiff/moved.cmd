# What was inlined is no regression, and hides none beside it; what only
# follows the factor of all code is diluted.
samples()
{
	awk -v helper="$1" -v parse="$2" -v all="$3" 'BEGIN {
		own = helper ? 400 : 1005
		printf "main;outer %d\n", own * all
		if (helper)
			printf "main;outer;helper %d\n", 605 * all
		printf "main;parse %d\n", parse * all
		for (i = 0; i < 16; i++)
			printf "main;f%d %d\n", i, (300 + 10 * i) * all
		for (i = 0; i < 60; i++)
			printf "main;rare;r%d %d\n", i, 1 + i % 3
	}'
}
samples 1 500 1 >a.folded
samples 0 500 1 >inlined.folded
samples 0 1100 1 >both.folded
samples 1 2000 .8 >diluted.folded
for b in inlined both diluted; do
	pdiff -n 4 a.folded $b.folded
done
