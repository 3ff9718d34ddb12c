# No address is loaded, no handler in an attribute, no evaluation.
pflame "$TESTDATA/pprof/a.pb" > a.svg
grep -o 'https\{0,1\}://[^"]*' a.svg | sort -u
sed '/<script><!/,/<\/script>/d' a.svg |
    grep 'href=\|<link\|<image\|@import\|url(http' | wc -l
grep ' on[a-z]*="' a.svg | wc -l
grep 'eval(\|new Function\|innerHTML\|fetch(\|XMLHttp' a.svg | wc -l
