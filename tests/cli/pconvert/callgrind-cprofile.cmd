# Calls as they were counted.
cd "$TESTDATA/cprofile"
pconvert -q -t callgrind py313.prof
