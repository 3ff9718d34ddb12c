# One profile may hold both sides: two counts a line, or samples labelled.
facts() { sed -n '/<desc/,/<\/desc/p'; }
cd "$TESTDATA/pprof"
pflame --diff a.pb b.pb | facts
pdiff -t folded a.pb b.pb | pflame --diff | facts
pdiff -t pprof a.pb b.pb | pflame --diff | facts
# The same frames, however they come.
frames() { grep -o 'class="[^"]*"[^>]*><title>[^<]*' | sed 's/ x=.*title>/ /' | sort; }
pflame --diff --no-js a.pb b.pb | frames > "$OLDPWD/two"
pdiff -t pprof a.pb b.pb | pflame --diff --no-js | frames | cmp - "$OLDPWD/two"
pflame --diff "$TESTDATA/folded/diff.folded" | facts
cd "$OLDPWD"
# Without --diff it is the new side; -s base is the other.
printf 'm;a 1 2\nm;b 3 0\n' > two.folded
pflame two.folded | facts
pflame -s base two.folded | facts
# A stack may repeat, and one may look like a worker with its number.
printf 'd;b 1 2\nd;b 8 8\nd;worker 3 5 4\n' > d1.two
printf 'd;b 1 2\nd;b 8 8\n' | pflame --diff | facts
cat d1.two d1.two | pflame --diff | facts
printf 'd;worker 1 2\nd;worker 2 3\n' | pflame --diff | facts
printf 'd;b 1 2\nd;b 8 8\n' | pflame --diff -f folded:one
# One side only.
printf 'm;a 1\n' > one.folded
pflame --diff one.folded
echo "status $?"
pflame --diff < one.folded
echo "status $?"
# Most lines have two counts: no guess a line at a time.
printf 'm;a 1 2\nm;b 3\nm;c 4 5\n' > mixed.folded
pflame --diff mixed.folded
echo "status $?"
