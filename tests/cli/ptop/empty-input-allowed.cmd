: > empty
ptop --allow-empty empty
echo "status $?"
ptop --allow-empty --tsv empty
ptop /dev/null
