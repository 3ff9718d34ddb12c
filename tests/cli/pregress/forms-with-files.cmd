cd "$TESTDATA/pprof"
pregress -n 2 --junit="$OLDPWD/p.xml" --json="$OLDPWD/p.json" a.pb b.pb
echo "status $?"
cd "$OLDPWD"
head -n 1 p.xml
head -c 60 p.json
