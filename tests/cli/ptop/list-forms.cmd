cd "$TESTDATA/programs/gowork" || exit
for form in csv markdown jsonl; do
	ptop --$form --list 'main\.mix$' --list hashOrders -n 1 \
		"$TESTDATA/pprof/a.pb"
done
