printf 'samples/count cpu/nanoseconds\nmain;f 1 10\nmain;g 2 2.5\n' > t
pconvert -i t
pconvert -s cpu -t folded t
pconvert -s samples -t folded t
