cd "$TESTDATA/pprof"
pregress -n 2 --ascii a.pb b.pb
pregress -n 2 --color always a.pb b.pb
pregress -n 2 --width 70 a.pb b.pb

# Sentences, facts and notes are wrapped; rows are a table.
widest()
{
	awk '/^$/ { part++ } (part != 1) && !/^More: / &&
	    length($0) > n { n = length($0) } END { print n }'
}
cd "$TESTDATA/pprof/runs"
for width in 60 80 120; do
	for tool in pregress pdiff; do
		n=$("$tool" --ascii --width $width --base v1.*.pb.gz \
		    --new v2.*.pb.gz | widest)
		[ "$n" -le $width ] || echo "$tool: $n columns of $width"
	done
done
pregress --width 60 --base v1.*.pb.gz --new v2.*.pb.gz
