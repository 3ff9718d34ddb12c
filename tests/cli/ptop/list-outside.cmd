# Nothing is read that is no regular file below the folders named.
one()
{
	printf 'x 1 [000] 1.0: 7 cpu-clock: \n\t10 f+0x0 (/bin/x)\n  %s\n\n' "$1"
}
list()
{
	one "$1" | timeout 10 ptop --list f --source "${2-src}" | tail -n +3 |
		sed "s|$PWD|PWD|"
}
mkdir -p src/folder
echo secret >secret
echo secret >src/../name
ln -s ../secret src/link
ln -s "$PWD/secret" src/absolute
ln -s .. src/up
ln -s loop src/loop
ln -s /dev/zero src/zero
mkfifo src/fifo
for file in ../secret "$PWD/secret" link absolute up/secret loop zero fifo \
	folder ./.. folder/../../secret /etc/passwd; do
	list $file:1
done
list zero:1 /dev
list tty:1 /dev
