printf 'main;f 1\n' >a.folded
pconvert --split none a.folded
pconvert --split . -t folded a.folded
mkdir out
pconvert -k --split out -t folded a.folded no-such
echo "status $?"
ls out
