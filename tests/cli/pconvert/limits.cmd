# Each message names the option that lifts the limit.
f=$TESTDATA/pprof/a.pb
for l in --max-input=10K --max-strings=100 --max-depth=3 --max-labels=1 \
	--max-line=30; do
	pconvert $l "$f" > out
	echo "status $? $(wc -c < out)"
done
pconvert --max-line 10 -t folded "$TESTDATA/folded/perf.folded"
