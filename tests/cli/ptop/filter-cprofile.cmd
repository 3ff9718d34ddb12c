# Filters need stacks: those of callers and callees are estimated.
ptop --tsv -n 3 --focus fact "$TESTDATA/cprofile/py313.prof"
