pconvert --focus nothing --ignore nix --hide nada -t folded \
	"$TESTDATA/folded/uftrace.folded"
