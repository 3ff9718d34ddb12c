ptop -n 2 --tsv --json=top.json --csv=top.csv --markdown=top.md \
	"$TESTDATA/folded/perf.folded"
head top.json top.csv top.md
