# The suite's own pipe loses nothing, and what is canonical stays as it is.
cd "$TESTDATA"
for f in pprof/*.pb.gz folded/*.folded; do
	pconvert -q -t dump "$f" > "$OLDPWD/one"
	pconvert -q "$f" | pconvert -q -t dump | cmp - "$OLDPWD/one" &&
	    pconvert -q "$f" | pconvert -q | cmp - <(pconvert -q "$f") &&
	    echo "$f: same"
done
