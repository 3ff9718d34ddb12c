f=$TESTDATA/pprof/a.pb
ptop -n 20 "$f" > want
for l in C de_DE.UTF-8 tr_TR.UTF-8 C.UTF-8; do
	LC_ALL=$l LC_NUMERIC=$l LANG=$l ptop -n 20 "$f" | cmp - want &&
	    echo "$l: same"
done
