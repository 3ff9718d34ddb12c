# Lines that are far apart are not joined by all that is between them.
seq 1 200 >numbers.c
for line in 3 17 60 198; do
	printf 'x 1 [000] 1.0: 7 cpu-clock: \n\t%d f+0x0 (/bin/x)\n' $line
	printf '  numbers.c:%d\n\n' $line
done | ptop --list f
