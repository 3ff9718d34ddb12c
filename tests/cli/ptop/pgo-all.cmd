printf 'f 7\n' | ptop --pgo
printf 'f 7\n' | ptop --pgo --tsv
