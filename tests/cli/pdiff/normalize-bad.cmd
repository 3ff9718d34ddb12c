printf 'm;f 5\n' > a
printf 'm;f 5\n' | pconvert -q --add-comment ops=3 --add-comment ops=4 -o b
for mode in nope duration samples per-op per-op:1 per-op:1, per-op:0,1 \
    per-op:1.5,2 anchor: anchor:none 'anchor:(' ''; do
	pdiff --normalize "$mode" a b
	echo "status $?"
done
pdiff --normalize total /dev/null a; echo "status $?"
