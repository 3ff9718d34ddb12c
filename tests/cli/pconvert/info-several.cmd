echo garbage > bad
pconvert -k -i "$TESTDATA"/pprof/runs/v1.*.pb.gz bad
echo "status $?"
pconvert -k "$TESTDATA"/pprof/runs/v1.*.pb.gz bad 2>/dev/null |
	pconvert -i - "$TESTDATA/pprof/a.pb" | head -n 5
