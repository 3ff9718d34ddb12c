cp "$TESTDATA/folded/perf.folded" a.folded
cp "$TESTDATA/folded/perf2.folded" b.folded
flamegraph.pl() { cat; }
pdiff -t folded a.folded b.folded | flamegraph.pl > d.svg
head -n 4 d.svg
