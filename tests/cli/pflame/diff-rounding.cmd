# What rounding explains is outlined no more than pregress finds it.
frames() { tr "\\n" "|" | grep -o 'class="[^"]*"[^>]*><title>[^ <|]*[^<]*' | sed 's/" .*title>/ /'; }
stats() {
	printf '         30 function calls in %s seconds\n\n' "$1"
	printf '   Ordered by: cumulative time\n\n   ncalls  tottime  percall  '
	printf 'cumtime  percall filename:lineno(function)\n'
	printf '       10    0.%s    0.000    0.%s    0.000 m.py:1(a)\n' "$2" "$2"
	printf '       10    0.%s    0.000    0.%s    0.000 m.py:2(b)\n' "$3" "$3"
	printf '       10    0.080    0.008    0.080    0.008 m.py:3(c)\n\n\n'
}
stats 0.085 002 003 > a.pstats
stats 0.091 003 008 > b.pstats
pflame --diff a.pstats b.pstats | frames
# Thirds of a sample are no change.
printf 'm;f;x 1\nm;f;y 1\nm;f;z 1\nm;w 7\n' > a
printf 'm;f;v 7\nm;w 7\n' > b
pflame --diff --normalize anchor:'^[vxyz]$' a b | frames
