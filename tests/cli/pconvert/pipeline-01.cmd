cp "$TESTDATA"/pprof/{a,b}.pb .
pconvert a.pb | pdiff - b.pb
