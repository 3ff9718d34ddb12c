# The command line is part of what the script gets.
pflame --no-js - < "$TESTDATA/pprof/a.pb" |
    cmp - <(pflame --no-js < "$TESTDATA/pprof/a.pb") &&
	echo same
pflame - -
