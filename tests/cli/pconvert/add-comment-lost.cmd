printf 'main;f 1\n' | pconvert --add-comment x -t folded -
