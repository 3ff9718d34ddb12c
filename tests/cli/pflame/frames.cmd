frames() { tr "\\n" " " | grep -o "<[a-z]* class[^<]*<title>[^<]*"; }
pflame "$TESTDATA/folded/uftrace.folded" | frames
