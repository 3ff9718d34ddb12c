cd "$TESTDATA/pprof"
pflame --title x < a.pb.gz > "$OLDPWD/want"
pflame --title x < a.pb | cmp - "$OLDPWD/want" && echo same
