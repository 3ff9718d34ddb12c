# A function that is called more often in the same time is a finding, too:
# what cProfile writes of two functions, by hand.
second='g\0\0\0\0\0\0\360?'
record()
{
	printf '{'
	printf ")\003z\004m.pyi\007\0\0\0z\004leaf)\005i$1\0\0\0i$1\0\0\0$second$second{0"
	printf ")\003z\004m.pyi\001\0\0\0z\004same)\005i\007\0\0\0i\007\0\0\0$second$second{0"
	printf 0
}
record '\144' >a.prof
record '\310' >b.prof
pdiff --metric calls a.prof b.prof
pdiff --metric calls --tsv -a a.prof b.prof
pdiff --metric calls --json a.prof b.prof |
    sed -n '/"verdict": "[A-Z]*",$/p;/"findings"/,$p'
