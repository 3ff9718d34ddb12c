cd "$TESTDATA/pprof"
pregress -n 2 --ascii a.pb b.pb
pregress -n 2 --color always a.pb b.pb
pregress -n 2 --width 70 a.pb b.pb
