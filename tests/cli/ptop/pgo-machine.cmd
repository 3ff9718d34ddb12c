ptop --pgo --tsv -n 3 "$TESTDATA/pprof/a.pb"
ptop -q --pgo --tsv --min-avg 1us --min-calls 2 "$TESTDATA/cprofile/py313.prof"
ptop -q --pgo --json --min-avg 50us --min-calls 2 \
	"$TESTDATA/cprofile/py313.prof"
