printf 'a 3\nb -1\n' | pconvert -t callgrind
