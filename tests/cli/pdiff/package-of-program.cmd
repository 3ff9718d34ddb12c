# Of what is in no package the module is one; but a program's own name does
# not count, as with modules.
rec()
{
	for f in main parse emit; do
		printf 'x 1 1.0: %s cycles:\n\t1 %s+0x1 (/opt/%s)\n' $2 $f $1
		printf '\t1 main+0x1 (/opt/%s)\n\n' $1
	done
	printf 'x 1 1.0: 50 cycles:\n\t1 read+0x1 (/lib/libc.so.6)\n'
	printf '\t1 main+0x1 (/opt/%s)\n\n' $1
}
rec app_v1 100 >a
rec app_v2 150 >b
pdiff -a -g package a b
pdiff -a --tsv -g package a b | cut -f 1-6,18
# Two programs of a side are two.
{ cat a; rec helper 70; } >a2
pdiff -a -g package a2 b | grep -c 'NEW\|GONE'
