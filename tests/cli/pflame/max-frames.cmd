# The widest are drawn, all are in the data, and both are said.
for i in 1 2 3 4 5 6 7 8 9; do echo "m;f$i 10$i"; done > in.folded
for n in 1 3 100; do
	pflame --max-frames $n in.folded |
	    grep -o '<text class="s".*frames.*<\|class="rest".*'
	pflame --max-frames $n in.folded | grep '^  "names"'
done
pflame --max-rows 2 in.folded | grep -o 'class="rest".*\|Left out.*'
