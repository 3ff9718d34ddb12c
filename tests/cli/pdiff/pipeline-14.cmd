perf()
{
	cat "$3"
}
cp "$TESTDATA/perf/real_small.txt" old.data
cp "$TESTDATA/perf/real_fp.txt" new.data
pdiff -n 3 <(perf script -i old.data) <(perf script -i new.data)
