# Both tools read amounts and lists alike, and fail alike.
A=$TESTDATA/pprof/a.pb B=$TESTDATA/pprof/b.pb
for option in --min-delta=10% --min-delta=0.1 --min-delta=390ms \
	--min-delta=0.39s --min-delta=390000000 --min-value=390ms; do
	echo "$option: $(pdiff --tsv $option "$A" "$B" | wc -l)"
done
for option in --min-delta=5MB --min-delta=200% --min-delta=x --min-value=1% \
	--min-value=1m --alpha=1 --ci=0 --metric=self,own --metric=per_call; do
	for tool in pdiff pregress; do
		$tool $option "$A" "$B"
		echo "$tool $option: $?"
	done
done
