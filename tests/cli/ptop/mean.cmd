# Sums first: 10/2 and 1000/4 give 1010/6 together.
printf 'main;f 2 10\nmain;g 4 1000\n' | pconvert -f folded:two - |
    ptop --mean -s new --tsv -
printf 'main;f 2 10\nmain;g 4 1000\n' | pconvert -f folded:two - |
    ptop --mean -s new -n 1 -
