for ((i = 0; i < 40; i++)); do
	printf 'app 77 [001] %d.5: %d ev%02d:u: \n\t 1206 f%d (/bin/app)\n\n' \
	    $i $i $((i % 20)) $((i % 3))
done >perf.txt
ptop perf.txt
ptop -s ev03:u perf.txt
ptop -s ev99:u perf.txt
