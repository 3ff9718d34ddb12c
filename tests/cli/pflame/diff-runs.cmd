# A side is the sum of its runs, divided by their number; -b implies --diff.
facts() { sed -n '/<desc/,/<\/desc/p'; }
tips() { tr "\\n" "|" | grep -o "<title>[^<]*" | grep "^<title>$1"; }
printf 'main;f 10\n' > a1
printf 'main;f 20\n' > a2
printf 'main;f 30\n' > b1
pflame --no-js --base a1 a2 --new b1 > d.svg
facts < d.svg
tips f < d.svg
pflame --no-js -b a1 -b a2 b1 | cmp - d.svg
# Of one run it is what two operands say.
pflame --diff a1 b1 | facts > two
pflame -b a1 b1 | facts | cmp - two
pflame --base a1 a2
echo "status $?"
# Scales of the runs may differ.
printf 'main;f 1.5\nmain;g 0.25\n' > a3
pflame --base a1 a3 --new b1 | tips "[fg]"
