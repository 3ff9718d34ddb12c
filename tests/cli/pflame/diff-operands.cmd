echo 'm 1' > a
pflame --diff a
echo "status $?"
pflame --diff a a a
