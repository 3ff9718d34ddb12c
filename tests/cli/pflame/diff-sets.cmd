# Sets of runs, and what makes them hard to compare.
mkdir old new
printf 'm;same 5\nm;up 2\n' | tee old/2 > old/1
printf 'm;same 5\nm;up 9\n' > new/1
pconvert -q --add-comment host=a -o old/1 old/2
pconvert -q --add-comment host=b -o new/2 new/1
pflame --diff old new > a.svg
pflame -q --diff 'old/*' 'new/*' > b.svg
# Only the command differs that the picture tells.
diff a.svg b.svg | grep -c '^<'
grep -o 'old/1 and [^<]*' a.svg | head -1
for mode in samples per-op:1,2 median auto; do
	pflame --diff --normalize $mode old/2 new/1 |
		grep -o 'base scaled by [^(<]*\|values as measured' | head -1
done
