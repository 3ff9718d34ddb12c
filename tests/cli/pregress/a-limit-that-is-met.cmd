# Exact: 1.5 times is a regression, a bit less is none.
printf 'm;f 1000000\nm;rest 9000000\n' > a
printf 'm;f 1500000\nm;rest 9000000\n' > b
printf 'm;f 1499999\nm;rest 9000000\n' > c
pregress a b
echo "status $?"
pregress a c
echo "status $?"
pregress -x 1.499999 a c | head -n 1
