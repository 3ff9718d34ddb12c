printf 'main;walk;walk;walk 3\nmain;walk;leaf 2\nwalk 1\n' | ptop --callers walk
