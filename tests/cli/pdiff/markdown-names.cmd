# Nothing in a name is markup.
printf 'm;a|b 1\nm;``c 1\nm;<img src=x> 1\nm;[x](y) 1\n' > x
printf 'm;a|b 9\nm;``c 9\nm;<img src=x> 9\nm;[x](y) 9\n' > y
pdiff --markdown x y
# Nor does a host make a link of it, or call somebody.
for f in a b c d e f; do
	printf 'm;%s 1000\n' $f
done >x
cp x @octocat
printf 'm;@octocat 6000\nm;https://example.org/x 4000\n' >>@octocat
cp x x2
cp @octocat y2
pdiff --markdown --base x x2 --new @octocat y2
