# Functions that get one name may call each other: their total is that of
# the estimated tree, never more than everything.
cd "$TESTDATA/cprofile" || exit
ptop --rename '/^\{.*/BUILTIN/' --sort total --tsv -n 3 py313.prof
ptop --rename '/^\{.*/BUILTIN/' --json py313.prof 2>/dev/null | grep estimated
pconvert -q --rename '/^\{.*/BUILTIN/' py313.prof |
    ptop -q --sort total --tsv -n 3 -
