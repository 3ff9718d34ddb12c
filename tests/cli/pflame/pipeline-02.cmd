perf()
{
	cat "$TESTDATA/perf/real_threads.txt"
}
perf script | pflame >out.svg
grep -c "<rect" out.svg
grep -o ">worker 12<\|>io:thread/0<" out.svg | sort -u
