# base is multiplied so that both sides have as much of something.
printf 'm;same 100\nm;more 20\nm;anchor 10\n' > a
printf 'm;same 200\nm;more 80\nm;anchor 20\n' > b
show()
{
	echo "== $*"
	pdiff --tsv "$@" a b | cut -f 1,2,5,6
}
show --normalize none
show --normalize total
show --normalize anchor:^anchor
show --normalize per-op:50,100
show --normalize samples
pconvert -q --add-comment ops=10 -o a.pb a
pconvert -q --add-comment ops=30 -o b.pb b
pdiff --normalize per-op --tsv a.pb b.pb | cut -f 1,2,5,6
pdiff --normalize auto --tsv a.pb b.pb | cut -f 1,2,5,6
# Several runs: means; each run counts its own.
pconvert -q --add-comment ops=10 --scale 2 -o a2.pb a
pdiff --normalize per-op --tsv -b a.pb -b a2.pb b.pb | cut -f 1,2,5,6
# Calls are work, too.
for mode in none per-op:1,2; do
	pdiff -n 2 --tsv --normalize $mode "$TESTDATA/cprofile/py27.prof" \
		"$TESTDATA/cprofile/py313.prof" | cut -f 1,2,6,9,10
done
# The profile that is written holds the same; and a picture.
pdiff --normalize anchor:^anchor -t folded a b
pdiff --normalize total --json a b | head -5
pregress --normalize per-op:1,2 a b | head -1
pregress a b | head -1
