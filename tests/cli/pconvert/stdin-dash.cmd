pconvert -t folded - < "$TESTDATA/folded/uftrace.folded" | tail -n 1
pconvert -t folded < "$TESTDATA/folded/uftrace.folded" | tail -n 1
pconvert -t folded - - < "$TESTDATA/folded/uftrace.folded"
