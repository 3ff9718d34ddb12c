printf 'main;old 5\nmain;both 3\nmain;zero 0\n' > a
printf 'main;fresh 4\nmain;both 3\nmain;zero 2\n' > b
pdiff a b
pdiff --tsv -a a b
