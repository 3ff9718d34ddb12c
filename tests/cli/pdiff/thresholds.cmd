printf 'a 10\nb 100\nc 30\nd 5\ng 7\n' > x
printf 'a 15\nb 140\nc 20\nd 6\ne 2\n' > y
rows()
{
	echo "$*:" $(pdiff --tsv "$@" x y | tail -n +2 | cut -f 6)
	pdiff -e -q "$@" x y > /dev/null
	echo "status $?"
}
rows
rows -x 1.5
rows -x 50% --min-delta 5
rows --min-delta 5%
rows --min-delta 0.25
rows --min-delta 1k
rows --only new,gone
rows --only=UP 2> /dev/null
rows --only up,gone --min-value 8
