# Every text says what was done to base; nothing, if nothing was.
printf 'm;same 100\nm;more 20\nm;anchor 10\n' > a
printf 'm;same 200\nm;more 80\nm;anchor 20\n' > b
for mode in none total anchor:^anchor per-op:50,125; do
	for report in 'pdiff -n 1' 'pdiff --tree' 'pdiff --markdown' \
		'pregress -q' 'pregress -q --markdown'; do
		echo "$report $mode: $($report --normalize "$mode" a b |
			grep -o '[a-zA-Z]* is scaled by.*')"
	done
done
