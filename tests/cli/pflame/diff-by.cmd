# The sides of a picture can be labels of one file, and of several.
printf 'a 1 1.0: c:\n\t1 m (p)\n\nb 2 1.1: c:\n\t1 m (p)\n\nb 2 1.2: c:\n\t2 s (p)\n\t1 m (p)\n\n' > fleet
mkdir set
cp fleet set/one
cp fleet set/two
facts()
{
	pflame "$@" | grep -o 'ratio of totals[^<]*' | head -1
}
facts --diff --by label:comm=a,b fleet
facts --by label:comm=a,b fleet
facts --by label:comm=b,a fleet
facts --by label:comm=a,b set
facts --by label:comm=a,b 'set/*'
pflame --by label:comm=a,c fleet; echo $?
pflame --by label:comm=a,b -b fleet fleet; echo $?
