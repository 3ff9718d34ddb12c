# Lines that git can compare, without times or totals of other lines.
ptop --textconv "$TESTDATA/pprof/a.pb" | head -n 4
ptop --textconv "$TESTDATA/cprofile/py313.prof" 2>/dev/null | head -n 3
printf 'x 1\n' | ptop --textconv -
ptop --textconv /dev/null
printf 'no profile' > bad && ptop --textconv bad; echo "status $?"
ptop --textconv missing; echo "status $?"
ptop --textconv -o out bad && cat out
