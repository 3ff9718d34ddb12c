cd "$TESTDATA/pprof"
pregress --junit -x 5 a.pb b.pb | head -n 12
pregress --junit a.pb b.pb > "$OLDPWD/all.xml"
cd "$OLDPWD"
head -n 3 all.xml | sed 1d
grep -c '<testcase' all.xml
grep -c '<failure' all.xml
