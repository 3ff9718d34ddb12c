ptop < /dev/null
echo "status $?"
: > empty
ptop empty
