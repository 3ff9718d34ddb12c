cd "$TESTDATA/pprof"
pregress b.pb b.pb
printf 'm;f 500\nm;g 500\n' > "$OLDPWD/a"
printf 'm;f 100\nm;g 500\n' > "$OLDPWD/b"
cd "$OLDPWD"
pregress -a a b
