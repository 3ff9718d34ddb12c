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
