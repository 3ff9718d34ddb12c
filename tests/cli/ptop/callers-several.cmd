ptop --callers '^runtime\.mallocgc$' --callers 'hash_?[Oo]rders' \
	"$TESTDATA/pprof/a.pb"
