ptop --list 'main\.mix$|hashOrders' --source "$TESTDATA/programs/gowork" \
	"$TESTDATA/pprof/a.pb"
