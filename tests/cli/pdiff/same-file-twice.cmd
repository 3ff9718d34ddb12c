# One recording is no two runs, whatever it is called.
printf 'm;f 100\nm;g 110\n' >a; printf 'm;f 120\nm;g 100\n' >b; cp a c
ln -s a d; mkdir runs; ln a runs/a; cp c runs/c
for base in 'a a' 'a ./a d' 'a c' 'runs a'; do
	echo "$base:" >&2
	pdiff --base $base --new b >/dev/null
done
pregress --base a --new b b >/dev/null
# A file and itself are compared without a word.
pdiff a a >/dev/null
