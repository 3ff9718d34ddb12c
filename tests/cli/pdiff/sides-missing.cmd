cd "$TESTDATA/pprof"
pdiff a.pb
pdiff a.pb b.pb a.pb
pdiff --base a.pb b.pb
pdiff --new a.pb b.pb
pdiff -b a.pb
pdiff - -
