# Where a file is looked for: one() is a profile of f in the file $1.
one()
{
	printf 'x 1 [000] 1.0: 7 cpu-clock: \n\t10 f+0x0 (/bin/x)\n  %s\n\n' "$1"
}
list()
{
	one "$1" | ptop --tsv "${@:2}" --list f | cut -f 5-7 | tail -n +2
}
mkdir -p one/lib two/lib proj/lib lib
for f in one/lib/a.c one/a.c two/lib/a.c two/b.c proj/lib/c.c proj/c.c; do
	printf '/* %s */\n' "$f" >$f
done
echo "/* absolute */" >lib/a.c
ln -s lib/a.c one/inside.c
ln -s ../two/b.c one/outside.c
list lib/a.c:1 --source one
list /build/of/another/lib/a.c:1 --source one
list 'C:\build\lib\a.c:1' --source one
list /build/../lib/./a.c:1 --source one
list b.c:1 --source one --source two
list lib/a.c:1 --source two --source one
list "$PWD/one/a.c:1" --source one | sed "s|$PWD|PWD|"
list /some/proj/c.c/proj/lib/c.c:1 --source proj
list /some/lib/c.c:1 --source proj --trim-path /some/lib
list inside.c:1 --source one
list outside.c:1 --source one
list c.c:1
(cd proj && list c.c:1 2>&1)
