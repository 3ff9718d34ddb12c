# Who led to what was running; from the leaves.
ptop --bottom-up --min-share 3% "$TESTDATA/pprof/a.pb"
ptop --bottom-up --min-share 6% --tsv "$TESTDATA/pprof/a.pb"
printf 'm;a;x 5\nm;b;x 3\nm;b 2\n' | ptop --bottom-up --json -
