cd "$TESTDATA/pprof"
pdiff -n 3 --ascii a.pb b.pb
pdiff -n 3 --color always a.pb b.pb
pdiff -n 8 --width 70 a.pb b.pb
pdiff -n 8 --width 70 --ascii a.pb b.pb
