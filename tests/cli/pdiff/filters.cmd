# The same filters on both sides; one that matches on one side is found.
printf 'main;f 10\nmain;g 5\n' >a
printf 'main;f 20\nmain;h 5\n' >b
pdiff --tsv --focus 'f|h' --hide main a b
pdiff --tsv --focus nothing a b
pdiff --min-share 30% a b
