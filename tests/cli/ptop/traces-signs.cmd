# What parts frames and labels is escaped where it stands in one.
printf 'm;a 1\n' > t
printf 'm;f(a\\x3b\\b);x,y=z 2\n' > u
ptop --traces --tsv t u
ptop --traces --csv u
ptop --traces --jsonl u
