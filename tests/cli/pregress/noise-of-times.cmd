# Noise of times is what remains beside the factor of a run: of one run each
# it is not used without that.
runs=$TESTDATA/ab/python
mkdir base
cp "$runs"/v1.[1-5].prof base
pregress -q --calibrate base -o noise.tsv
pregress -q --noise noise.tsv --json "$runs"/v1.7.prof "$runs"/v1.8.prof |
	grep -E '"(how|separate)"'
# A table of other code says nothing, and one without functions is none.
head -n 1 noise.tsv >none.tsv
printf '%s\t' other x.py '' self 0.0001 1000 >other.tsv
printf '5\n' >>other.tsv
cat other.tsv >>none.tsv
pregress --noise none.tsv "$runs"/v1.7.prof "$runs"/v1.8.prof >a
echo "status $?"
pregress -q "$runs"/v1.7.prof "$runs"/v1.8.prof >b
diff a b
head -n 1 noise.tsv >none.tsv
pregress --noise none.tsv "$runs"/v1.7.prof "$runs"/v1.8.prof
echo "status $?"
