# What the hue says: the legend for each.
for by in language package function self kind; do
	echo "$by:"
	pflame --color-by $by "$TESTDATA/perf/real_node.txt" |
	    sed -n 's/.*<text x="8"[^>]*>\(\(Hue\|Colour\|One\)[^<]*\)<.*/\1/p
		s/.*class="pf-key \([^"]*\)".*<text[^>]*>\(.*\)<\/text>.*/\1 \2/p'
done
