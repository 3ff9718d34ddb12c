cd "$TESTDATA/pprof/runs"
pregress --base v1.*.pb.gz --new v2.*.pb.gz
echo "status $?"
# Odds that nobody can tell from 0 are 0, and have 12 digits at most.
cd "$OLDPWD"
for i in 1 2 3 4 5; do
	printf 'a 10000%d\nb 50000%d\nc 700%d00\n' $i $i $i > "a$i"
	printf 'a 90000%d\nb 50000%d\nc 700%d00\n' $i $i $i > "b$i"
done
pregress -q --tsv --base a? --new b? | cut -f 10-11,13
