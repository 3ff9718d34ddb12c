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
