# The factor of all code, by which everything together is judged, and the
# totals as measured are not the same; each stands for itself in each form.
for i in 11 12 13 14 15 16 17 18 19 20; do
	printf 'main;f%s %s0000\n' $i $((i * 13))
done >a
awk '{ print $1, $2 * 2 }' a >b
printf 'main;big 4000000\n' | tee -a a >>b
pregress -q --tsv=o.tsv --json=o.json --markdown=o.md --junit=o.xml \
	--github=o.github a b | head -n 1
cut -f 1-9,13,17 o.tsv | grep -E '^verdict|ALL CODE|TOTAL'
grep '"ALL CODE"\|"TOTAL"' o.json | cut -c 1-300
sed -n '2,/^$/p; /^|/p' o.md
grep -A 2 'classname="profile"' o.xml
cat o.github
