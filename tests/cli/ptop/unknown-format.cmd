echo 'hello world' > hello
ptop hello
echo "status $?"
head -c 300 /dev/zero > zeros
ptop zeros
