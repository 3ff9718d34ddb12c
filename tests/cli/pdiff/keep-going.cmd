echo garbage > bad
cp "$TESTDATA"/pprof/{a,b}.pb .
pdiff -n 1 -k --base a.pb bad --new b.pb
echo "status $?"
pdiff -k bad b.pb
