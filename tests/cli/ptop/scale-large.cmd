# Numbers of large scales are right, or refused.
printf 'a;b 7\na 3\n' >f
ptop --scale 1000000000000 f
pconvert --scale 1000000000000 f | ptop --scale 1/1000000000000 -
for i in 1000000000001 1/1000000000001 1000000000000000000; do
	ptop --scale $i f
	echo $?
done
pconvert --scale 999999999999 f | pconvert --scale 999999 | ptop -
cp "$TESTDATA/cprofile/tasks.prof" p
pconvert --scale 999999999999 p | pconvert --scale 999999 |
    pconvert -t cprofile -o q -
echo $?
ls
