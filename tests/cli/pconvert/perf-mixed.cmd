# What stands between samples is counted by reason; none is lost.
pconvert -t dump "$TESTDATA/perf/edge_mixed.txt"
pconvert -t folded --root none -s syscalls:sys_enter_brk \
    "$TESTDATA/perf/edge_mixed.txt" 2>/dev/null
pconvert --strict --check "$TESTDATA/perf/edge_mixed.txt" 2>/dev/null ||
    echo "status $?"
