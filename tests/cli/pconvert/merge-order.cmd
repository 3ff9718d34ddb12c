# Associative and commutative, down to the bytes.
cd "$TESTDATA/pprof/runs"
a=v1.1.cpu.pb.gz b=v1.2.cpu.pb.gz c=v2.1.cpu.pb.gz
pconvert $a $b $c > "$OLDPWD/abc"
pconvert $c $b $a | cmp - "$OLDPWD/abc" && echo order
pconvert $a $b | pconvert - $c | cmp - "$OLDPWD/abc" && echo left
pconvert $b $c | pconvert $a - | cmp - "$OLDPWD/abc" && echo right
cat $b $a $c | pconvert | cmp - "$OLDPWD/abc" && echo concatenated
cat <(pconvert $c) <(pconvert $a $b) | pconvert | cmp - "$OLDPWD/abc" &&
	echo pipes
pconvert $a /dev/null $b $c | cmp - "$OLDPWD/abc" && echo nothing added
