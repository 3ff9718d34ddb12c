# Source files that no programmer wrote.
one()
{
	printf 'x 1 [000] 1.0: 7 cpu-clock: \n\t10 f+0x0 (/bin/x)\n  %s\n\n' "$1"
}
list()
{
	one "$1" | ptop --list f | tail -n +3
}
printf 'a\033[31mred\r\n\303\050\0end\342\200\256\n\n\tx\ty' >bytes.c
list bytes.c:2
printf '%4000s\n' '' | tr ' ' x >long.c
list long.c:1 | cut -c 1-60
list long.c:1 | awk '{ if (length($0) > n) n = length($0) } END { print n }'
list bytes.c:9
list bytes.c:9223372036854775807
: >empty.c
list empty.c:1
truncate -s 65M large.c
list large.c:1
echo 'int x;' | cat - bytes.c >'name	with\033.c'
list 'name	with\033.c:1'
