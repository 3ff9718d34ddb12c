cd "$TESTDATA/pprof"
pdiff --svg a.pb b.pb | head -c 5
echo
pdiff -n 1 --svg="$OLDPWD/d.svg" --tsv="$OLDPWD/d.tsv" -t folded a.pb b.pb |
	wc -l
pflame --diff a.pb b.pb | grep -c '<svg'
cd "$OLDPWD"
grep -c '<svg' d.svg
head -n 2 d.tsv | cut -f 1-6
pdiff -o e.svg --base "$TESTDATA"/pprof/runs/v1.*.pb.gz \
	--new "$TESTDATA"/pprof/runs/v2.*.pb.gz
grep -c '<svg' e.svg
