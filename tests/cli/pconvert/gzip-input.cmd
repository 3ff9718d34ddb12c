cd "$TESTDATA/pprof"
pconvert a.pb.gz | cmp - <(pconvert a.pb) && echo same
gzip -c a.pb.gz | pconvert | cmp - <(pconvert a.pb) && echo twice
head -c 20000 a.pb | gzip > "$OLDPWD/p.gz"
tail -c +20001 a.pb | gzip >> "$OLDPWD/p.gz"
pconvert "$OLDPWD/p.gz" | cmp - <(pconvert a.pb) && echo in two members
