pconvert --ignore '^runtime\.' "$TESTDATA/pprof/a.pb" | ptop -n 4
