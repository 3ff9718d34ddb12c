# An empty side has no type of its own, and nothing is over what is not.
facts() { sed -n "/<desc/,/<.desc/p" $1; grep -o "no samples<\|[a-z ]* empty<\|nothing changed<" $1; }
cd "$TESTDATA/pprof"
pflame --diff -o "$OLDPWD/d.svg" a.pb /dev/null
pflame --diff -o "$OLDPWD/e.svg" /dev/null a.pb
pflame --diff --layout after -o "$OLDPWD/f.svg" a.pb /dev/null
cd "$OLDPWD"
for i in d e f; do facts $i.svg; done
printf 'm;a 1\nm;b 2\n' > a
printf 'm;b 2\nm;c;d 9\n' > b
for layout in after before abs; do pflame --diff --layout $layout a b | grep -m 1 widths; done
pflame --diff --layout abs a a > d.svg; facts d.svg
