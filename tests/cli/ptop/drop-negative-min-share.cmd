# What is left out is summed as others.
printf 'm;up 70\nm;down -20\nm;little 3\nm;zero;z 1\n' > t
ptop --drop-negative t
ptop --drop-negative --tsv t
ptop --min-share 5% t
ptop --min-share 5% --json t | tail -n 6
ptop --min-share 5% -a --tsv t
