# Functions too rare to be judged leave a pass a pass, which says so; what
# looks slower does not.
runs=$TESTDATA/ab/perf
pregress --base "$runs"/v1.[1-5].txt.gz --new "$runs"/v1.[6-9].txt.gz
echo "status $?"
pregress --strict --base "$runs"/v1.[1-5].txt.gz --new "$runs"/v1.[6-9].txt.gz |
	head -n 1
pregress -q --strict --json "$runs"/v1.1.txt.gz "$runs"/v1.8.txt.gz |
	grep -E '^  "(verdict|scope|reason|help)": ("[A-Z]+"|".*[a-z]+.*|null),$'
runs=$TESTDATA/ab/go
pregress --strict --base "$runs"/v1.[12].pb.gz --new "$runs"/v1.[34].pb.gz |
	head -n 3
echo "status ${PIPESTATUS[0]}"
# Most is open.
pregress --strict --base "$runs"/v1.[456].pb.gz --new "$runs"/v1.[123].pb.gz |
	head -n 3
echo "status ${PIPESTATUS[0]}"
pregress -q -x 1.5 --base "$runs"/v1.[123].pb.gz --new "$runs"/v1.[456].pb.gz |
	sed -n 2p
# How many runs would be enough, or that no number is.
cd "$TESTDATA/pprof/runs"
for ratio in 1.05 1.2 1.5; do
	pregress -q -x $ratio --base v1.[12].*.gz --new v1.[345].*.gz |
		grep 'would help'
done
