cp "$TESTDATA/folded/uftrace.folded" .
pdiff -n 2 /dev/null uftrace.folded
pdiff -n 2 uftrace.folded /dev/null
pdiff /dev/null /dev/null
: > empty
pdiff empty uftrace.folded
