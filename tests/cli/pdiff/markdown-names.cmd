# Nothing in a name is markup.
printf 'm;a|b 1\nm;``c 1\nm;<img src=x> 1\nm;[x](y) 1\n' > x
printf 'm;a|b 9\nm;``c 9\nm;<img src=x> 9\nm;[x](y) 9\n' > y
pdiff --markdown x y
