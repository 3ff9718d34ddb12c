# Values so large that the fraction has to be rounded: sums are off by less
# than what rounding explains, so that what is equal is called so.
printf 'm;f 3000000000000000017\nm;g 2999999999999999981\n' > a
printf 'm;f 1500000000000000017\nm;g 1499999999999999981\n' > b
pdiff --normalize total a b
pdiff -e --normalize anchor:^f$ a b > report; echo "status $?"
