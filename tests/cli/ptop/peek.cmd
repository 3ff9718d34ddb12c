# Callers above, callees below; several functions are several blocks.
ptop --peek 'main\.mix$|main\.hashOrders$' "$TESTDATA/pprof/a.pb"
ptop --peek 'main\.mix$' --tsv "$TESTDATA/pprof/a.pb"
ptop --peek '^f$' --peek '^z$' --json - <<'END'
x;f;z 1
y;f 3
f;f;z 2
END
