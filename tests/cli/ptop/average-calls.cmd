# The average of two equal runs is one run, calls and callers included.
cd "$TESTDATA/cprofile"
for report in "--tsv" "--peek _run_once --tsv" "--pgo --min-calls 10 --min-avg 1us --tsv"
do
	ptop $report -a tasks.prof >"$OLDPWD/one"
	ptop $report -a --average tasks.prof tasks.prof | cmp - "$OLDPWD/one"
done
pconvert -t cprofile tasks.prof >"$OLDPWD/one"
pconvert -t cprofile --average tasks.prof tasks.prof | cmp - "$OLDPWD/one"
pconvert --average tasks.prof tasks.prof | ptop -n 2 --tsv
ptop -n 2 --scale 2 --tsv tasks.prof
