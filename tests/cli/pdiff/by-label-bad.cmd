printf 'a 1 1.0: cpu-clock:\n\t10 main (p)\n\nb 2 1.1: cpu-clock:\n\t10 main (p)\n\n' > fleet
for by in label:comm=a,x label:comm=x,y label:tenant=a,b comm=a,b label:comm \
    label:comm=a label:comm=a,a label:comm=a, label:=a,b label:comm=a,b,c \
    label:cpu=2:1,3; do
	pdiff --by "$by" fleet
	echo "status $?"
done
pdiff --by label:comm=a,b -b fleet fleet; echo "status $?"
echo 'm;f 1' > plain
pdiff --by label:comm=a,b plain; echo "status $?"
pdiff --by label:comm=a,b plain fleet | head -1; echo "status ${PIPESTATUS[0]}"
