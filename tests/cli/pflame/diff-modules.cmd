# One profile with both sides pairs as two do: a program under another name
# is the same program.
perf()
{
	printf 'w 7 %s.5: 10 cycles: \n\t1 work (/bin/w_%s)\n\t2 main (/bin/w_%s)\n\n' \
	    "$2" "$1" "$1"
	printf 'w 7 %s.6: %s cycles: \n\t3 read (/lib/c.so)\n\t2 main (/bin/w_%s)\n\n' \
	    "$2" "$3" "$1"
}
perf v1 1 20 > a
perf v2 2 50 > b
frames() { grep -o '<title>main\|class="[^"]*\(gone\|new\)[^"]*"\|[0-9]* frames*\b' | sort | uniq -c; }
pflame --no-js --diff a b | frames > want
cat want
pdiff -t pprof a b | pflame --no-js --diff | frames | cmp - want && echo same
