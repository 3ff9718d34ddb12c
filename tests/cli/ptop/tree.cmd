printf 'main;a;b;c 5\nmain;a;b;d 3\nmain;e 2\nmain 1\n' > t
ptop --tree t
ptop --tree --ascii t
