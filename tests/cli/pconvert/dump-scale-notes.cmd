printf '#x: y\n;main;f 0.5\nbad line;\nmain;f 3\nmain;g 2\n' | pconvert -t dump
