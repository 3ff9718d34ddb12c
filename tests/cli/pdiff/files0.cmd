cp "$TESTDATA"/pprof/{a,b}.pb .
printf 'a.pb\0b.pb\0' > names
pdiff -n 1 --files0-from names
printf 'b.pb\0a.pb\0' | pdiff -n 1 --base=a.pb --files0-from -
