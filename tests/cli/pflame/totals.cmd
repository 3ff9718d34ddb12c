frames() { tr "\\n" " " | grep -o "<[a-z]* class[^<]*<title>[^<]*"; }
# The root is the total of the format's own tool, the frames are its rows.
cd "$TESTDATA/pprof"
pflame a.pb | frames | head -n 1
grep '^cpu.*TOTAL' a.want.tsv
