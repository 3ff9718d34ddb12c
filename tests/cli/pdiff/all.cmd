printf 'm;same 5\nm;up 2\nm;down 3\nm;gone 1\n' > a
printf 'm;same 5\nm;up 4\nm;down 1\nm;new 7\n' > b
pdiff a b
pdiff -a a b
pdiff -n 1 -a a b
