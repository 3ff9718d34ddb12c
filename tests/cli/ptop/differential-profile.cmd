# 100 % is what the base spent; all three ways to say it agree.
cd "$TESTDATA/pprof"
pdiff -t pprof a.pb b.pb | ptop -n 4
