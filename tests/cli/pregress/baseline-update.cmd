# On a pass the new runs become the baseline, or join it.
printf 'm;f 100\nm;g 10\n' > a
printf 'm;f 104\nm;g 10\n' > b
printf 'm;f 300\nm;g 10\n' > slow
gate()
{
	pregress --missing-baseline pass "$@" | head -1
	echo "status ${PIPESTATUS[0]}"
}
# A file: the first run makes it, a pass replaces it, a regression does not.
gate -q --baseline-update base.pb.gz base.pb.gz a
pconvert -t folded base.pb.gz
gate --baseline-update base.pb.gz base.pb.gz b
pconvert -t folded base.pb.gz
cmp <(pconvert b) base.pb.gz && echo 'as pconvert writes it'
gate --baseline-update base.pb.gz base.pb.gz slow
pconvert -t folded base.pb.gz
# Several runs become their mean, so that the file stays one run.
gate --baseline-update base.pb.gz -b base.pb.gz a b
pconvert -t folded base.pb.gz
# Filters are the gate's business, not the baseline's.
gate --focus f --baseline-update base.pb.gz base.pb.gz b
pconvert -t folded base.pb.gz
# A directory: one file a run, by content, so that nothing comes twice.
gate -q --baseline-update runs/ -b runs a b
ls runs | wc -l
gate --baseline-update runs -b runs b a
ls runs
gate --baseline-update runs -b runs b a slow
ls runs | wc -l
gate --min-runs 3 --baseline-update runs -b runs b
gate --focus nothing --baseline-update runs -b runs b
gate -k --baseline-update runs -b runs b no-such
ls runs | wc -l
# What was judged becomes the baseline, whatever is in the set by then.
mkdir fresh
cp b fresh
pregress -q -o fresh/report --baseline-update one.pb.gz -b a --new fresh
cmp <(pconvert b) one.pb.gz && echo 'only b'
