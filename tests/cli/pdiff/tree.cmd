printf 'main;serve;hash 490\nmain;serve;mix 230\nmain;same 280\n' > x
printf 'main;serve;hash 850\nmain;serve;mix 350\nmain;same 280\nmain;y 1\n' > y
pdiff --tree x y
pdiff --tree --min-share 0 --tsv x y
pdiff --tree --json x y | head -n 3
