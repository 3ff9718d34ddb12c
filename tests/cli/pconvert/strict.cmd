printf 'main;f 5\nno count;x\nmain;g 5\nmain;h 1\n' > s
pconvert -t folded s
echo "status $?"
pconvert --strict -t folded s
echo "status $?"
pconvert --strict -s cpu -t folded "$TESTDATA/pprof/a.pb"
