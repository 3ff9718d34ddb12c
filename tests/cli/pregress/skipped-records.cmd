printf 'm;f 5\nbad line;\nm;g 5\nm;h 2\n' > s
pregress s s
echo "status $?"
pregress --strict s s
