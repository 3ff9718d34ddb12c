cd "$TESTDATA/pprof"
pflame a.pb b.pb | cmp - <(pflame a.pb b.pb) && echo same
pflame --diff a.pb b.pb | cmp - <(pflame --diff a.pb b.pb) && echo same
