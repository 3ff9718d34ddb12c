# Options from a file; the command line wins.
printf 'm;same 100\nm;up 10\n' > a
printf 'm;same 100\nm;up 16\n' > b
cat > gate.conf <<'END'
# The gate of this project

ratio 1.7
  --min-share = 1%
json=gate.json
hide ^m$
q
END
printf 'ratio 1.7\n  --min-share = 1%%\r\njson=gate.json\n# x\n\nquiet\n' > gate.conf
pregress -c gate.conf a b; echo "status $?"
head -2 gate.json
pregress -x 1.5 -c gate.conf a b | head -2
pregress --config=gate.conf --ratio 1.5 a b | head -1
printf -- '-x 1.5\n' > short.conf
pregress -c short.conf a b | head -1
printf 'x 1.5\nq\n-a\n' > letters.conf
pregress -c letters.conf a b | head -1
printf 'base a\n' > base.conf
pregress -c base.conf b | head -1
pregress -c base.conf -b b b | head -1
PROFKIT_OPTS='--hide ^same' pregress -c short.conf a b | grep hide
