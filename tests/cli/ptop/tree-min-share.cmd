printf 'm;a 60\nm;b 39\nm;c 1\n' > t
ptop --tree t
ptop --tree --min-share 2% t
