# Directories and quoted patterns are sets of runs, in any order the same.
mkdir old new new/deeper
printf 'm;same 5\nm;up 2\n' | tee old/2 > old/1
printf 'm;same 5\nm;up 9\n' | tee new/10 > new/9
echo 'no profile' > new/.hidden
echo 'no profile' > new/deeper/file
ln -s ../old/1 new/link
pdiff old new
pdiff 'old/*' 'new/*' > patterns
pdiff old/ new/ > slashes
pdiff -b old/2 -b old/1 new/link new/9 new/10 > b
pdiff --base old/2 old/1 --new new/link new/9 new/10 > lists
pdiff --base 'old/[12]' --new new/10 'new/[9l]*' > mixed
pdiff -b - -b old/1 'new/*' < old/2 > pipe
pdiff old new > again
cmp again patterns && cmp again slashes && cmp again b && cmp again lists &&
	cmp again mixed && echo same
head -3 pipe
pdiff --json old new | head -4
# A file that looks like a pattern is that file.
cp old/1 '[12]'
pdiff '[12]' new/9 | head -2
# A file that is called - is not standard input.
mkdir dash && cp old/1 dash/- && cd dash && pdiff '*' ../new/9 | head -2
