ptop --tsv --list 'hashOrders' --source "$TESTDATA/programs/gowork" \
	"$TESTDATA/pprof/a.pb"
