# The base is multiplied so that totals, or self of some functions, are equal.
facts() { sed -n '/<desc/,/<\/desc/p'; }
tips() { tr "\\n" "|" | grep -o "<title>[^<]*" | grep "^<title>$1"; }
printf 'main;idle 100\nmain;work 50\nmain 3\n' > a
printf 'main;idle 200\nmain;work 200\nmain 6\n' > b
for mode in none total anchor:^idle$; do
	echo "-- $mode"
	pflame --diff --normalize "$mode" a b > d.svg
	facts < d.svg
	tips "\(all\|idle\|work\)" < d.svg
done
pflame --diff --normalize anchor:nobody a b
pflame --diff --normalize duration a b
pflame --diff --normalize 'anchor:(' a b
# Extremes.
echo 'm;f 5' > small
echo 'm;f 9223372036854775807' > huge
pflame --diff --normalize total small huge | facts | head -n 3
pflame --diff --normalize total huge small | facts | head -n 3
