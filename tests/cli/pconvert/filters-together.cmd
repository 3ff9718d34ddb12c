# ignore beats focus on one frame; hide comes last.
printf 'main;a;x 5\nmain;b;x 2\nmain;a;b 1\nother 9\n' > f
pconvert --focus a --ignore b --hide x -t folded f
pconvert --focus main --ignore main -t folded f
echo "status $?"
