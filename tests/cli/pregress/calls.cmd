# Calls are counted exactly: they gate where times are noise, one run each.
runs=$TESTDATA/ab/python
pregress -q --metric calls "$runs"/v1.1.prof "$runs"/v1.2.prof
echo "status $?"
# table CALLS TIME: work is called so often and takes so long.
table()
{
	cat <<-END
	         $(($1 + 1)) function calls in 9.000 seconds

	   Ordered by: cumulative time

	   ncalls  tottime  percall  cumtime  percall filename:lineno(function)
	        1    5.000    5.000    9.000    9.000 a.py:1(main)
	       $1    $2    0.040    $2    0.040 a.py:5(work)

	END
}
table 100 4.000 >a
table 200 4.000 >b
table 100 9.000 >slow
pregress --metric calls a b
echo "status $?"
pregress -q --metric calls a a | head -n 1
# Their own time is not judged where only calls are asked for.
pregress -q --metric calls a slow | head -n 1
pregress -q --metric self a slow | head -n 1
# What the table rounds is no change.
table 100 0.001 >a
table 100 0.002 >b
pregress -q --min-share 0 --min-value 0 --min-delta 0 a b | head -n 1
