# Sides that have nothing to compare, or not the same: rules, no crash.
printf 'm;f 100\n' >a
printf 'm;g 100\n' >other
printf 'm;f 0\n' >zero
: >empty
gate()
{
	echo "$*" | sed "s|.*((((.*|(((...|"
	pregress -q "$@" >out 2>err
	rc=$?
	head -n 1 out
	sed 's/: .*:/:/' err | head -n 1
	echo "status $rc"
}
gate a a
gate a other
gate zero a
gate a zero
gate zero zero
gate empty a
gate a empty
gate "$TESTDATA/pprof/a.pb" "$TESTDATA/pprof/heap.pb.gz"
gate a "$TESTDATA/pprof/a.pb"
gate --ratio NaN a a
gate --ratio 1,5 a a
gate --ratio 0 a a
gate --ratio -1 a a
gate --min-share NaN a a
gate --impact -1% a a
gate --alpha 2 a a
gate --min-runs 0 a a
gate --focus '(((' a a
gate --focus "$(printf '(%.0s' {1..50000})" a a
gate -n -1 a a
gate --width 0 a a
gate --width -1 a a
