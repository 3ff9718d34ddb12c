printf 'm;f -5\nm;g 20\n' > a
printf 'm;f 7\nm;g 20\n' > b
pregress -q a b
echo "status $?"
printf 'm;f -5\n' > c
printf 'm;f 7\n' > d
pregress -q c d
echo "status $?"
pregress -q --strict c d
echo "status $?"
pregress -q --json c d | grep '"verdict"'
