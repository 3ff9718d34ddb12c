# In a unit that is too large, the smallest value keeps two digits.
cd "$TESTDATA/pprof" || exit
ptop --unit hr -n 4 a.pb
ptop --unit hr --tree --min-share 10% a.pb
pdiff --unit hr -n 2 a.pb b.pb
