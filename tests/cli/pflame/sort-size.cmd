frames() { tr '\n' ' ' | grep -o '<title>[^<]*' | sed 's/<title>//' |
	grep ' total ' | tail -n +2; }
printf 'b;x 1\nb;y 4\na 2\nc 3\nb;z 4\n' > in.folded
for key in name size input; do
	echo "$key:"
	pflame --no-js --sort $key in.folded | frames | cut -d ' ' -f 1-3
	pflame --sort $key in.folded | grep -o '"sort": *"[a-z]*"'
done
pflame --term --sort size --width 40 in.folded
