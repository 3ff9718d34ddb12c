echo 'hello world' | pconvert
echo "status $?"
pconvert -t speedscope "$TESTDATA/pprof/a.pb"
echo "status $?"
pconvert -f perf "$TESTDATA/pprof/a.pb"
