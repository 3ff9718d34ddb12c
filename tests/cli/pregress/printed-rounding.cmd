# What a header's total has beside the rows is no function: it has no part in
# the verdict, nor in the factor, even where it is less than nothing.
# report TIME TOTAL
report()
{
	cat <<-END
	         40 function calls in $2 seconds

	   Ordered by: standard name

	   ncalls  tottime  percall  cumtime  percall filename:lineno(function)
	       10    $1    0.000    $1    0.000 m.py:1(f0)
	       10    $1    0.000    $1    0.000 m.py:2(f1)
	       10    $1    0.000    $1    0.000 m.py:3(f2)
	       10    $1    0.000    $1    0.000 m.py:4(f3)
	END
}
report 0.001 0.006 >a
report 0.002 0.006 >b
pregress -q -v a b
echo "status $?"
pregress -q --tsv a b | cut -f 1,13
