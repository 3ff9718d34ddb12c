pconvert -t dot /dev/null
pconvert -t callgrind /dev/null
