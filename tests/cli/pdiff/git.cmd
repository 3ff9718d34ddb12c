# What git gives an external diff.
printf 'm;f 10\n' > old
printf 'm;f 20\n' > new
pdiff --git p/x.pb.gz old 1234 100644 new 5678 100644
pdiff --git p/x.pb.gz /dev/null . . new 5678 100644 | head -3
pdiff --git p/x.pb.gz old 1234 100644 /dev/null . . | head -3
pdiff --git x old 1234 100644 new 5678 100644 y 'similarity 50%' | head -3
pdiff --git x; echo "status $?"
echo 'no profile' > bad
pdiff --git x old 1234 100644 bad 5678 100644; echo "status $?"
pdiff --git x old 1234 100644 gone 5678 100644; echo "status $?"
pdiff --git x old 1 1 "$TESTDATA/pprof/heap.pb.gz" 2 2; echo "status $?"
pdiff --git -e x old 1 1 new 2 2 > report; echo "status $?"
pdiff --git x old new; echo "status $?"
