pdiff --json /dev/null "$TESTDATA/folded/uftrace.folded" | head -n 3
pdiff --json /dev/null /dev/null
