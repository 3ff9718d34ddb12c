printf 'm;a 60\n' > t
ptop --tree --tsv t
ptop --tree --callers a t
ptop --tree /dev/null
