printf 'main;parse;read 4\nmain;parse 2\nmain;read 1\n' >in.folded
ptop --callees main in.folded
ptop --callees 'main|parse' --tsv in.folded
