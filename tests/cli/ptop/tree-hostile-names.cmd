printf '%b' 'm;a\033[31m\t;x 1\nm;\xff 2\n' | ptop -q --tree
