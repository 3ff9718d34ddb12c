# The description lists changes beyond noise, as the picture shows values.
lists() { grep "^\(More\|Less\) self"; }
cd "$TESTDATA/pprof"
pflame --diff a.pb b.pb | lists
pflame --diff --normalize total a.pb b.pb | lists
cd "$OLDPWD"
# Not the difference of rounded sides: 0.4 and 1.4 are no 0 and 1.
printf 'm;a 0.4\nm;<b> 9.5\n' > a
printf 'm;a 1.6\nm;<b> 9\n' > b
pflame --diff a b | lists
pflame --diff --normalize 'anchor:^<b>$' a b | lists
