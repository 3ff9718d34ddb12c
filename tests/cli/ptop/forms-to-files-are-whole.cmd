# Machine forms have all rows wherever they go, text and Markdown 20.
ptop --tsv=t --json=j --csv=c --markdown=m "$TESTDATA/pprof/a.pb" | wc -l
wc -l < t
wc -l < c
grep -c self_pct j
wc -l < m
ptop -n 3 --tsv=t "$TESTDATA/pprof/a.pb" > /dev/null
wc -l < t
