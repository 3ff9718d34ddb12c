# Noise that is known: learned from runs of unchanged code, or given.
runs=$TESTDATA/ab/perf
mkdir base
cp "$runs"/v1.[1-6].txt.gz base
pregress --calibrate base -o noise.tsv
echo "status $?"
head -n 3 noise.tsv
pregress --noise noise.tsv "$runs"/v1.7.txt.gz "$runs"/v1.8.txt.gz | head -n 1
pregress --noise noise.tsv "$runs"/v1.7.txt.gz "$runs"/v2.8.txt.gz | head -n 1
printf 'm;f 10000\nm;g 90000\n' | pconvert -q -o a.pb.gz -
for n in 1% 10% 0.4; do
	echo "noise $n"
	pregress -q --noise $n "$runs"/v1.7.txt.gz "$runs"/v2.8.txt.gz |
		head -n 1
done
pregress --noise no-such a.pb.gz a.pb.gz; echo "status $?"
printf 'bad\n' >bad.tsv
pregress --noise bad.tsv a.pb.gz a.pb.gz; echo "status $?"
mkdir one
cp "$runs"/v1.1.txt.gz one
pregress --calibrate one; echo "status $?"
pregress --calibrate base a.pb.gz; echo "status $?"

# What learning does not do is not promised, and what has no effect is told.
for form in --json=f --svg=f --baseline-update=kept/; do
	pregress --calibrate base $form; echo "status $?"
done
pregress --calibrate base -x 2 --metric calls --noise 5% --min-share 1% \
	-o other.tsv
echo "status $?"
cmp noise.tsv other.tsv
for none in nope nope/ 'nope*' a.pb.gz; do
	pregress --calibrate "$none"; echo "status $?"
done
ls
