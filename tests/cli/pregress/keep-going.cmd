echo garbage > bad
cp "$TESTDATA"/pprof/{a,b}.pb .
pregress -k --base a.pb bad --new a.pb
echo "status $?"
pregress -k --base a.pb bad --new b.pb > out
echo "status $?"
pregress -k bad a.pb
echo "status $?"
# Each form tells what was left out, programs also why.
pregress -q -k --json=g.json --junit=g.xml --github=g --base a.pb bad no-such \
	--new a.pb >/dev/null
grep -A 4 skipped g.json
grep error g.xml
grep 'left out' g
ptop -q -k --json a.pb bad | grep -A 1 skipped
