ptop --tsv=- --json=- "$TESTDATA/pprof/a.pb"; echo $?
ptop --tsv=x --json=x "$TESTDATA/pprof/a.pb"; echo $?
ptop -o x --json=x "$TESTDATA/pprof/a.pb"; echo $?
ptop --tsv= "$TESTDATA/pprof/a.pb"; echo $?
ptop -n 1 --tsv=- "$TESTDATA/pprof/a.pb"; echo $?
ls
