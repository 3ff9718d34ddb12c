echo garbage > bad
echo 'main;f 5' > good
pconvert -k -t folded bad good no-such-file
echo "status $?"
pconvert -k bad
echo "status $?"
pconvert -t folded bad good
