# From nothing there is no ratio: 1 % of the base total counts.
printf 'm;f 10000\n' > a
printf 'm;f 10000\nm;big 100\nm;small 60\n' > b
pregress a b
echo "status $?"
pregress b a
