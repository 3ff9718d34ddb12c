# What cannot be compared is refused, unless it has to be.
printf 'm;a 5\n' > a
printf 'n;b 5\n' > b
pdiff a b; echo "status $?"
pdiff --force --json a b | tail -n 8
pregress a b; echo "status $?"
pregress --force a b > report; echo "status $?"
pdiff -g module a b | head -1
# An empty side is no reason.
pdiff a /dev/null | head -1
# Sides of different types: each has its own.
cd "$TESTDATA/pprof"
pdiff -n 2 a.pb heap.pb.gz; echo "status $?"
pdiff -n 2 --force a.pb heap.pb.gz; echo "status $?"
pdiff -n 1 --force -s inuse_space a.pb heap.pb.gz | head -3
pdiff --force -s heat a.pb heap.pb.gz; echo "status $?"
pregress --force a.pb heap.pb.gz | head -3
