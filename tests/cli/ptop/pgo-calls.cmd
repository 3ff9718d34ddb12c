ptop -q --pgo --min-avg 1us --min-calls 2 "$TESTDATA/cprofile/py313.prof"
ptop -q --pgo --min-avg 0.02ms --min-calls 1 --score total --unit raw \
	"$TESTDATA/cprofile/py313.prof"
