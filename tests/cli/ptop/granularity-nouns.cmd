# What a row is, is said wherever rows are headed or counted.
cd "$TESTDATA/pprof" || exit
for g in file line address module package; do
	ptop -g $g -n 1 a.pb | sed -n 3p
	ptop -g $g --callers . -n 1 a.pb | grep -E 'total%|more|share'
	ptop -g $g --pgo -n 1 a.pb | grep 'total%'
	pdiff -g $g -n 1 a.pb b.pb | grep -E '^B takes|self A'
	pregress -g $g -x 9 a.pb b.pb | head -4
done
ptop -g label:bytes -n 1 tags.pb.gz | sed -n 3p
pregress -q -g label:bytes -x 9 tags.pb.gz tags.pb.gz | head -4
pdiff -q -g "$(printf 'label:\033[31m')" tags.pb.gz tags.pb.gz | head -6
