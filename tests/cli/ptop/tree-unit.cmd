ptop --tree --min-share 20% --unit s "$TESTDATA/pprof/a.pb"
ptop --tree --min-share 20% --unit raw --ascii "$TESTDATA/pprof/a.pb"
