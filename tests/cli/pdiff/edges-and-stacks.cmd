printf 'm;f;g 5\nm;g 2\nm 1\nm;f;f;g 3\n' > a
printf 'm;f;g 9\nm;g 2\nm 1\nm;f;f;g 3\n' > b
pdiff -a -g edge a b
pdiff --tsv -g stack a b
# What cProfile measured of each caller; the total is that of all.
pdiff --tsv -a -g edge "$TESTDATA/cprofile/py313.prof" \
    "$TESTDATA/cprofile/py313.prof" | cut -f 1-6 | head -n 5
pregress -g edge a b | head -n 1
ptop -g edge a
pflame --diff -g stack a b
