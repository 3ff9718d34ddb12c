printf 'm;f 5\n' > a
try()
{
	printf '%b' "$1" > gate.conf
	pregress -c gate.conf a a
	echo "status $?"
}
try '# one\n\nratio 0.5\n'
try 'no-such 1\n'
try 'threshold 2\n'
try 'tree\n'
try 'quiet yes\n'
try 'Z 1\n'
try '--x 1.5\n'
try 'c other\n'
try 'x\n'
try 'ratio\n'
try 'config other\n'
try 'help\n'
try 'base\n'
try 'rat\0io 2\n'
try 'color sometimes\n'
pregress -c no-such a a; echo "status $?"
pdiff -c gate.conf a a; echo "status $?"
