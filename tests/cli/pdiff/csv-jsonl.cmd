printf 'main;"a,b" 100\nmain;c 50\n' > x
printf 'main;"a,b" 300\nmain;=d 50\n' > y
pdiff --csv x y
pdiff --jsonl x y
