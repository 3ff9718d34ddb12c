# What the compiler could not use is refused, with the reason.
pconvert --pgo-go "$TESTDATA/pprof/a.pb"
pconvert --pgo-go "$TESTDATA/pprof/heap.pb.gz"
pconvert -q --pgo-go "$TESTDATA/cprofile/py313.prof"
printf 'main;f 7\n' | pconvert --pgo-go
pconvert --pgo-go -t folded "$TESTDATA/pprof/a.pb"
pconvert --pgo-go --info "$TESTDATA/pprof/a.pb"
