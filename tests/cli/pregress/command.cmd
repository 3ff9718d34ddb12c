# The command that shows more is one that runs, and compares the same.
A=$TESTDATA/pprof/a.pb B=$TESTDATA/pprof/b.pb
cp "$A" 'it'\''s a.pb'
more()
{
	echo "== $*"
	pregress -q "$@" > report
	sed -n 's/^More: //p' report | tee command
	sh command > shown || echo "it does not run"
	# The factor of everything and the totals are those of the verdict.
	grep -E '^(A|B) +=' shown | sed 's/^.*   //' > sides
	grep -E '^(base|new) +=' report | sed 's/^.*   //' | cmp - sides
}
more "it's a.pb" "$B"
more --normalize total --match stable --metric self,total "$A" "$B"
more --focus hash --hide '^runtime' -g file --force -x 2 --noise 5% "$A" "$B"
more --ci 0.8 --min-share 2% -x 120% --warn 1.1 --max-input 1M --alpha 1% \
	--alpha 2% --bootstrap 9 --scale 1/2 "$A" "$B"
more -b "$A" -b "$A" "$B"
printf 'a 1 1.0: cpu-clock:\n\t1 m (p)\n\nb 2 1.1: cpu-clock:\n\t1 m (p)\n\n' \
	> fleet
cp fleet two
more --by label:comm=b,a two fleet
pconvert "$A" | pregress -q - "$B" | sed -n 's/^More: //p'
