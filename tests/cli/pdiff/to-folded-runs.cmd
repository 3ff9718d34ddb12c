# Means of the runs, rounded so that the sum stays.
printf 'm;f 3\nm;g 1\n' > a1
printf 'm;f 4\nm;g 2\n' > a2
printf 'm;f 5\n' > b1
pdiff -t folded -b a1 -b a2 b1
pdiff --base a1 a2 --new b1
