# Lines that git can compare, without times or totals of other lines.
ptop --textconv "$TESTDATA/pprof/a.pb" | head -n 4
ptop --textconv "$TESTDATA/cprofile/py313.prof" 2>/dev/null | head -n 3
printf 'x 1\n' | ptop --textconv -
ptop --textconv /dev/null
printf 'no profile' > bad && ptop --textconv bad; echo "status $?"
ptop --textconv missing; echo "status $?"
ptop --textconv -o out bad && cat out
# As told apart, with what was measured of each; equal names by total.
cd "$TESTDATA/cprofile"
ptop --textconv tasks.prof | sort >"$OLDPWD/lines"
ptop -a --tsv tasks.prof | tail -n +2 | awk -F'\t' -v OFS='\t' \
    '$1 + $2 > 0 { print $4, $1, $2 }' | sort | cmp - "$OLDPWD/lines"
ptop --textconv tasks.prof | cut -f 1 | uniq -d | head -n 2
ptop --textconv tasks.prof | grep '^gather'
