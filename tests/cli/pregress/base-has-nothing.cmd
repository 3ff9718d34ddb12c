# A base that filters leave nothing of has no samples of what is new: these
# are counted, and callers are explained by it.
cd "$TESTDATA/pprof"
pregress -q --focus main.reconcile a.pb b.pb
echo "status $?"
pregress -q --focus main.reconcile b.pb a.pb | head -n 1
