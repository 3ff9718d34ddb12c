printf 'a 9223372036854775807\n' > x
pconvert x x
echo "status $?"
printf 'a 9223372036854775807\na 1\n' | pconvert -t folded
echo "status $?"
printf 'a 9223372036854775808\n' | pconvert -t folded
