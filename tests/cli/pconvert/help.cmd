pconvert -h
