cd "$TESTDATA/pprof/runs"
a=v1.1.cpu.pb.gz b=v1.2.cpu.pb.gz c=v2.1.cpu.pb.gz d=v2.2.cpu.pb.gz
pdiff --tsv --base $a $b --new $c $d > "$OLDPWD/want"
pdiff --tsv --base $a $b -- $c $d | cmp - "$OLDPWD/want" && echo --
pdiff --tsv -b $a -b $b $c $d | cmp - "$OLDPWD/want" && echo -b
pdiff --tsv --base=$a --base=$b $c $d | cmp - "$OLDPWD/want" && echo =
pdiff --tsv --new $c $d --base $a $b | cmp - "$OLDPWD/want" && echo turned
pdiff --tsv --base $b $a --new $d $c | cmp - "$OLDPWD/want" && echo order
pdiff --base $a --tsv $b --new $c $d | cmp - "$OLDPWD/want" && echo between
