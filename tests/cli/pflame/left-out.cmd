# What could not be read is said in the picture, too.
echo garbage > bad
printf 'm;f 1\nno count;x\nm;g 2\nm;h 3\n' > s
pflame -q -k s bad | grep -i 'left out'
pflame -q --diff s s | grep -i 'left out'
echo 'm;f 1' | pflame | grep -ic 'left out'
true
