command -v xmllint > /dev/null || xmllint() { cat > /dev/null; }
for f in "$TESTDATA"/folded/*.folded "$TESTDATA"/pprof/*.pb.gz; do
	pflame -q "$f" | xmllint --noout - || echo "$f"
done
cd "$TESTDATA"
pflame --diff pprof/a.pb pprof/b.pb | xmllint --noout -
pflame --diff folded/perf.folded folded/perf2.folded | xmllint --noout -
pflame /dev/null | xmllint --noout - && echo well-formed
