printf 'm;walk;walk;walk;leaf 4\nm;walk;walk;other 1\nm;x 1\n' | ptop --tree
