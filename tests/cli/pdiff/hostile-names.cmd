printf '%b' 'm;a\033[31mred 5\nm;\xff\xfe 1\n' > x
printf '%b' 'm;a\033[31mred 9\nm;b\x9b2J 1\n' > y
pdiff x y
pdiff --tsv x y
pdiff --json x y
