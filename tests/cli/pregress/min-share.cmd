printf 'm;f 996\nm;small 4\n' > a
printf 'm;f 996\nm;small 12\n' > b
pregress a b | head -n 1
pregress --min-share 2% a b | head -n 1
pregress --min-share 0.02 a b | head -n 1
pregress --min-share 0 a b | head -n 1
pregress --min-share 2 a b
