# Exact calls are said to be dropped only where they were.
cd "$TESTDATA/cprofile" || exit
ptop --no-inlines -n 2 tasks.prof
ptop --fold-recursion -n 2 tasks.prof
ptop --tagfocus none=such --tree tasks.prof
ptop --focus . -n 2 tasks.prof
