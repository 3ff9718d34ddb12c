# PCRE2 backtracks: the bound is told, with the option that lifts it.
printf 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab 1\n' > a
pconvert -t folded --focus '(a*)*$(?<!b)' --max-match 1000 a
