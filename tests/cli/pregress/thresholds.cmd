# Each threshold, by the smallest comparison that shows what it does.
printf 'm;f 1000\nm;g 9000\n' >a
printf 'm;f 1400\nm;g 9000\n' >b
printf 'm;f 1000\nm;g 9000\nm;new 300\n' >c
sed 's/0$/00/' a >tenfold
gate()
{
	echo "$*"
	pregress -q "$@" >out 2>err
	rc=$?
	head -n 1 out err | grep .
	echo "status $rc"
}
gate a b
gate --warn 1.2 a b
grep WARN out
gate --warn 1.6 a b
gate -x 1.3 a b
gate --new-function fail a c
gate --new-function warn a c
gate --new-function ignore a c
gate --impact 5% a c
gate --impact 0 a c
grep '^base 1 run' out
pregress -q --impact 0 "$TESTDATA/pprof/a.pb" "$TESTDATA/pprof/b.pb" |
    grep '^base 1 run'
gate --min-delta 5% -x 1.3 a b
gate --min-delta 500 -x 1.3 a b
gate --min-share 20% -x 1.3 a b
gate --min-value 2000 -x 1.3 a b
gate --total-ratio 1.03 a b
gate a tenfold
gate --total-ratio 12 a tenfold
gate --min-runs 3 a a
gate --strict --min-runs 3 a a
gate --strict --min-runs 3 a c
runs=$TESTDATA/ab/perf
gate --strict-ratio "$runs/v1.7.txt.gz" "$runs/v2.8.txt.gz"
gate -x 1.2 "$runs/v1.7.txt.gz" "$runs/v2.8.txt.gz"
