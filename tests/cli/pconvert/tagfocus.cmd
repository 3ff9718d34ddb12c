# Text labels: with a key any pattern may match, without each must.
cd "$TESTDATA/pprof" || exit
sum() { awk '{ s += $NF } END { printf "%.0f\n", s }'; }
for i in phase=hash,pack phase=import 'phase:(hash|pack)' 'hash,pack' \
    'phase:,hash'; do
	echo "$i $(pconvert -t folded -s cpu --tagfocus "$i" a.pb.gz | sum)" \
	    "$(pconvert -t folded -s cpu --tagignore "$i" a.pb.gz | sum)"
done
pconvert -t folded -s cpu a.pb.gz | sum
echo "twice $(pconvert -t folded -s cpu --tagignore phase=hash \
    --tagignore phase=pack a.pb.gz | sum)"
