printf '%b' 'm;a\033[31m<b>&"\x01 5\nm;]]>\xff 1\n' > x
printf '%b' 'm;a\033[31m<b>&"\x01 9\nm;]]>\xff 8\n' > y
pregress --junit x y
