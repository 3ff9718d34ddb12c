cd "$TESTDATA/pprof"
pconvert a.pb | od -An -tx1 -N 11
pconvert a.pb | gzip -t && echo gzip
for z in -z0 -z1 -z -z9 --compress --compress=9 -znone --compress=none; do
	pconvert $z a.pb | ptop --tsv -a -g name | md5sum
done
[ "$(pconvert -z9 a.pb | wc -c)" -lt "$(pconvert a.pb | wc -c)" ] &&
    echo smaller
pconvert -z a.pb | cmp - <(pconvert -z6 a.pb) && echo 6
