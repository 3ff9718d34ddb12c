# Measured calls and times; the dotted edges are of an estimate.
cd "$TESTDATA/cprofile"
pconvert -t dot -n 6 py313.prof
pconvert -t dot -n 6 --call-tree py313.prof | grep -o 'Estimated[^\]*'
