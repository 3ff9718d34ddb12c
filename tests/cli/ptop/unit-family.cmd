# A unit of another family is refused, whatever the report.
cd "$TESTDATA/pprof" || exit
for report in '' --tree '--labels' '--traces' '--callers main.*' '--list main.main'; do
	ptop --unit KiB $report a.pb
	echo "$report: $?"
done
pdiff --unit KiB a.pb b.pb; echo $?
pregress --unit KiB a.pb b.pb; echo $?
pconvert --unit KiB -t dot a.pb; echo $?
printf 'a 1\n' | ptop --unit ms -; echo $?
ptop -s samples --unit ms a.pb; echo $?
# The scale of pictures is not the business of other writers.
pconvert --unit KiB -t folded a.pb | head -1
ptop --unit us -n 1 a.pb | grep -c us
