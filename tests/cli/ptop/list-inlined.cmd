ptop --ascii --unit ms --list 'smallest|resolve_map' \
	--source "$TESTDATA/programs" \
	"$TESTDATA/perf/real_dwarf_srcline.txt"
