# What the table has, Markdown has: ranks, shares, and calls.
cd "$TESTDATA"
pdiff --markdown --bootstrap 100 -n 3 pprof/a.pb pprof/b.pb | sed -n '/^|/p' | head -5
pdiff --markdown --bootstrap 100 -n 2 -g package pprof/a.pb pprof/b.pb | sed -n '/^|/p' | head -4
pdiff --markdown -n 3 cprofile/py313.prof cprofile/profile313.prof |
    sed -n '/^|/p' | head -5
pdiff --markdown --metric self,calls -n 3 cprofile/py313.prof cprofile/profile313.prof |
    sed -n '/^|/p' | head -3
