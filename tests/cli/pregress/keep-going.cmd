echo garbage > bad
cp "$TESTDATA"/pprof/{a,b}.pb .
pregress -k --base a.pb bad --new a.pb
echo "status $?"
pregress -k --base a.pb bad --new b.pb > out
echo "status $?"
pregress -k bad a.pb
