pconvert -V
