# Without times there is no span, beside others neither.
cd "$TESTDATA" || exit
pconvert --time 0:1s -t folded folded/uftrace.folded
echo $?
pconvert --time 0:1s -t folded perf/real_small.txt perf/real_notime.txt
echo $?
pconvert --time 0:1s -t folded cprofile/*.prof
echo $?
for i in soon 2s:1s 1kb: 5m ''; do
	pconvert --time "$i" perf/real_small.txt
	echo $?
done
pconvert --time 5s: -t folded perf/real_small.txt
echo $?
