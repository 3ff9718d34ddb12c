printf 'm;f 1\nno count;x\nm;g 2\nm;h 3\n' > s
pflame s > s.svg
echo "status $?"
pflame --strict -o t.svg s
echo "status $?"
ls
