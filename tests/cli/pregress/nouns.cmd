# Rows are called what they are.
runs=$TESTDATA/ab/perf
for g in file module line package edge stack address; do
	echo "== $g"
	pregress -g $g "$runs"/v1.2.txt.gz "$runs"/v1.3.txt.gz 2>&1 |
		grep -i function
	pregress -q -g $g "$runs"/v1.2.txt.gz "$runs"/v2.3.txt.gz |
		head -n 1
done
