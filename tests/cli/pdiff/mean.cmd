# The difference of means, which is not the mean of differences.
printf 'main;f 2 10\n' | pconvert -f folded:two -o a.pb -
printf 'main;f 8 20\n' | pconvert -f folded:two -o b.pb -
pdiff --mean -s new --tsv a.pb b.pb
pdiff --mean -s new a.pb b.pb
