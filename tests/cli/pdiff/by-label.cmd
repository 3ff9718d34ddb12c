# Both sides in one file, told apart by a label; several files: several runs.
# shellcheck disable=SC2016
perf='a 1 1.0: cpu-clock:
	10 main (p)

b 2 1.1: cpu-clock:
	10 main (p)

b 2 1.2: cpu-clock:
	20 slow (p)
	10 main (p)

c 3 1.3: cpu-clock:
	30 other (p)

'
printf '%s' "$perf" > fleet
pdiff --by label:comm=a,b fleet
printf '%s' "$perf" | pdiff --by label:comm=b,a | head -3
cp fleet two
pdiff --by label:comm=a,b two fleet | head -3
pdiff --by label:comm=a,b --json two fleet | head -4
# The number of a thread is a number; a range of numbers is a side, too.
pdiff --by label:thread=1,2:3 fleet | head -3
pregress -q --by label:comm=b,a fleet | head -1
