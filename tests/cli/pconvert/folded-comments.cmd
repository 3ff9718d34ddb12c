printf '# made by hand\n\nmain;f 1\n--\n#region;g 2\n' | pconvert -t folded
