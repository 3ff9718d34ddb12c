# Everything twice as slow is a regression, whatever the format is.
twice()
{
	pconvert -q --scale 2 -o "$2" "$1"
}
for f in pprof/a.pb ab/perf/v1.2.txt.gz ab/python/v1.2.prof; do
	twice "$TESTDATA/$f" slow.pb.gz
	pregress -q "$TESTDATA/$f" slow.pb.gz | head -n 1
	echo "status ${PIPESTATUS[0]}"
done
twice "$TESTDATA/ab/python/v1.2.prof" slow.prof
pregress -q "$TESTDATA/ab/python/v1.2.prof" slow.prof | head -n 1
pconvert -q -t folded -o a.folded "$TESTDATA/pprof/a.pb"
twice a.folded slow.folded
pregress -q a.folded slow.folded | head -n 1
for set in go:pb.gz perf:txt.gz python:prof; do
	name=$TESTDATA/ab/${set%:*}/v1
	for i in 5 6 7; do
		twice "$name.$i.${set#*:}" slow$i.pb.gz
	done
	pregress -q --base "$name".[234]."${set#*:}" --new slow[567].pb.gz |
		head -n 1
	echo "status ${PIPESTATUS[0]}"
done
# Of few runs, too.
base=$TESTDATA/ab/go/v1
twice "$base.5.pb.gz" five.pb.gz
twice "$base.6.pb.gz" six.pb.gz
pregress -q --base "$base".2.pb.gz --new five.pb.gz six.pb.gz | head -n 1
pregress -q --base "$base".[23].pb.gz --new five.pb.gz | head -n 1
pregress -q --base "$base".[23].pb.gz --new five.pb.gz six.pb.gz |
	head -n 1
