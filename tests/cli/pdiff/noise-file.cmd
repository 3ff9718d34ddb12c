# What pregress learned of unchanged code tells pdiff its noise.
for run in v1.1 v1.2 v1.3 v1.4 v2.1; do
	cp "$TESTDATA/pprof/runs/$run.cpu.pb.gz" "$run"
done
pregress --calibrate 'v1.?' -o noise.tsv
limits()
{
	pdiff --tsv "$@" v1.1 v2.1 | grep main.hashOrders | cut -f 11-13
}
limits
limits --noise noise.tsv
limits --noise 40%
# Where everything varies, nothing is proved.
for noise in 1% noise.tsv 90%; do
	echo "$noise: $(pdiff -n 1 --noise "$noise" v1.1 v2.1 |
		grep -o '[0-9][0-9]* proved')"
done
for tool in pdiff pregress; do
	for noise in gone v1.1 5; do
		$tool --noise $noise v1.1 v2.1
		echo "$tool --noise $noise: $?"
	done
done
