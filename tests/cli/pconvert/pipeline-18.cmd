cp "$TESTDATA/pprof/a.pb" .
pconvert -t folded a.pb | awk '/GC/{s+=$NF} END{print s}'
