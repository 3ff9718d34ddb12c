# A host neither calls anybody nor makes links of names.
for f in a b c d e f; do
	printf 'm;%s 1000\n' $f
done >x
cp x @octocat
printf 'm;@octocat 6000\nm;@octocat;https://example.org/x 4000\n' >>@octocat
cp x x2
cp @octocat y2
# Of code: spans, and blocks of lines behind four blanks.
pregress --markdown --base x x2 --new @octocat y2 >page
grep -v '^    ' page | sed 's/`[^`]*`/CODE/g' | grep -c 'octocat\|://'
pregress --markdown --missing-baseline pass @gone x | tail -n 1
cd "$TESTDATA/pprof"
pregress --markdown -g label:@octocat tags.pb.gz tags.pb.gz | sed -n 2,5p
pregress --markdown -g 'label:a|b' -x 1.01 -a tags.pb.gz tags.pb.gz | sed -n 2,5p
