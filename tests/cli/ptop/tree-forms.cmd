# The call tree for machines: above the usual limit, or all of it.
printf 'm;a;b 900\nm;c 97\nm;d;e 2\nm;d 1\n' > t
ptop --tree --tsv t
ptop --tree --csv -a t
ptop --tree --json t
ptop --tree --jsonl --min-share 10% t
ptop --tree --markdown --min-share 10% t
ptop --tree -o t.tsv t && cat t.tsv
