# No address is loaded, no handler in an attribute, no evaluation.
pflame "$TESTDATA/pprof/a.pb" > a.svg
grep -o 'https\{0,1\}://[^"]*' a.svg | sort -u
grep 'href=\|<link\|<image\|@import\|url(http' a.svg | wc -l
grep ' on[a-z]*="' a.svg | wc -l
grep 'eval(\|new Function\|innerHTML\|fetch(\|XMLHttp' a.svg | wc -l
