cd "$TESTDATA/pprof"
for form in --tsv --csv --json --markdown --ascii; do
	ptop -a $form runs/*.pb.gz > "$OLDPWD/one"
	ptop -a $form runs/*.pb.gz | cmp - "$OLDPWD/one" && echo "$form: same"
done
