# What is narrower is not in the file; pixels are of 1200, or of --width.
printf 'm;wide 99890\nm;thin 90\nm;thinner 20\n' > in.folded
for w in 0 0.01% 0.05% 0.1px 0.2 1 1%; do
	echo "$w $(pflame --minwidth $w in.folded | grep -o 'Left out.*')"
	pflame --minwidth $w in.folded | grep '^  "names"'
done
pflame --width 12000 --minwidth 1 in.folded | grep '^  "names"'
for w in x -1 1em 200% 1e3 ''; do
	pflame --minwidth "$w" in.folded
done
