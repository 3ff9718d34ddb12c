pconvert --tsv "$TESTDATA/pprof/a.pb"; echo $?
pconvert -i --tsv "$TESTDATA/pprof/a.pb"; echo $?
pconvert --formats --json; echo $?
pconvert -i --formats; echo $?
pconvert -i -t dump "$TESTDATA/pprof/a.pb"; echo $?
