pflame --term --flamechart --width 80 "$TESTDATA/perf/real_threads_ids.txt"
pconvert --keep-time "$TESTDATA/perf/real_threads_ids.txt" |
	pflame --term --flamechart --width 80 --title "$TESTDATA/perf/real_threads_ids.txt" > b
pflame --term --flamechart --width 80 "$TESTDATA/perf/real_threads_ids.txt" |
	cmp - b && echo the same by way of pconvert
pflame --term --flamechart --width 80 --time 0:20ms \
	"$TESTDATA/perf/real_cxx.txt" | tail -n 3
