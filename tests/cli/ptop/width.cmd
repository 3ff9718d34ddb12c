# Names of inputs stand in the heading, which is broken where it is too wide.
cd "$TESTDATA"
ptop -n 5 --width 60 pprof/a.pb
ptop -n 3 --width 60 --ascii pprof/a.pb
# Values of one call go before the name gets too narrow to read.
ptop -q -n 3 --width 60 cprofile/py313.prof
ptop -q -n 3 --width 70 cprofile/py313.prof
ptop -q --pgo -n 2 --min-calls 1 --min-avg 0ms --width 60 cprofile/py313.prof
ptop --pgo -n 2 --width 60 pprof/a.pb
ptop --tree --min-share 40% --width 60 pprof/a.pb
