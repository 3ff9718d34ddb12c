# Every match, one rule after the other; what gets one name is one row.
cat > jobs.folded <<'END'
main;job-17;read 5
main;job-18;read 3
main;job-x;write 2
END
ptop --tree --rename '/job-(\d+)/job/' --rename ',^(?<verb>read|write)$,io/${verb},' jobs.folded
ptop --tsv --rename '/^.*$//' jobs.folded
