printf 'm;f 996\nm;small 4\n' > a
printf 'm;f 996\nm;small 12\n' > b
pregress a b | head -n 1
pregress --min-share 2% a b | head -n 1
pregress --min-share 0.02 a b | head -n 1
pregress --min-share 0 a b | head -n 1
# Nothing was judged, or everything together alone.
printf 'f 3\ng 4\nh 5\n' > a
printf 'f 7\ng 8\nh 10\n' > b
pregress --min-share 100% a a | head -n 1
pregress --min-share 100% a b | head -n 1
pregress --min-share 100% --metric calls "$TESTDATA/cprofile/py313.prof" \
    "$TESTDATA/cprofile/py313.prof" 2>&1 | grep judged
pregress --min-share 2 a b
