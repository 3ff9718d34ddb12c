# The functions that are told of: long names are cut.
{
	printf 'm;'
	head -c 1000000 /dev/zero | tr '\0' x
	printf ' 5\nm;less -2\n'
} | pflame --title long --no-js - |
	sed -n '/<desc/,/<\/desc/p' > desc
sed 's/xxx*/x/g' desc
[ "$(wc -c < desc)" -lt 1000 ] && echo short
