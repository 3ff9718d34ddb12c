echo 'm;f 1' > a
pflame a -o a.svg
pflame a | cmp - a.svg && echo same
pflame -o no/where.svg a
