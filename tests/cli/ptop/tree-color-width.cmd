printf 'main;some_quite_long_name_of_a_function;b 5\nmain;c 3\n' > t
ptop --tree --color always t
ptop --tree --width 40 t
