pconvert --focus '^main\.(mix|pack)$' "$TESTDATA/pprof/a.pb" | ptop -n 4
