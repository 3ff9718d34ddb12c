pconvert < /dev/null
echo "status $?"
: > empty
pconvert -o out.pb empty
echo "status $?"
ls
pconvert --allow-empty -t folded empty
echo "status $?"
pconvert /dev/null | pconvert -i
