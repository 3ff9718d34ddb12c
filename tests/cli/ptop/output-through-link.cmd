# A link stays a link: what it points to is written.
: > target
ln -s target link
ptop -n 1 -o link "$TESTDATA/pprof/a.pb"
[ -h link ] && echo "still a link"
tail -n 1 target
ptop -n 1 --tsv=/dev/stdout "$TESTDATA/pprof/a.pb" | head -n 2
