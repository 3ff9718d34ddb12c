cp "$TESTDATA/folded/uftrace.folded" .
pregress /dev/null uftrace.folded
echo "status $?"
printf 'm;f 0\n' > zero
printf 'm;f 5\n' > five
pregress zero five
echo "status $?"
pregress --strict zero five
echo "status $?"
pregress --json zero five
