# What has too few samples to be tested is not shown to be unchanged.
printf 'main;f 2\nmain;g 1\n' >a
printf 'main;f 1\nmain;g 1\nmain;h 1\n' >b
pdiff --json a b | grep '^  "verdict"'
pdiff --json a a | grep '^  "verdict"'
pdiff --tree -x 1.5 a b
pdiff --tree --min-value 1000 a b
