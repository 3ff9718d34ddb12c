# A sample counts once for a line, whatever recursion does.
ptop --list 'sort_records' --source "$TESTDATA/programs" \
	"$TESTDATA/perf/real_srcline_path.txt"
