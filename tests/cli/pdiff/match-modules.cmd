# Folders of files and modules, and the name of the program, do not matter.
printf 'm (/old/src/a.c:1);f (/old/src/b.c:2);g (/old/lib/b.c:7) 5\n' > a
printf 'm (/new/src/a.c:1);f (/new/src/b.c:2);g (/new/lib/b.c:7) 6\n' > b
pdiff --tsv -a -g file a b | cut -f 1-6
pdiff --tsv -a -g module "$TESTDATA/pprof/runs/v1.1.cpu.pb.gz" \
    "$TESTDATA/pprof/runs/v2.1.cpu.pb.gz" | cut -f 1-6
