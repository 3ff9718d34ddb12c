# Only a part is judged.
printf 'main;f 10\nmain;g 100\n' >a
printf 'main;f 30\nmain;g 100\n' >b
pregress -q --focus g a b
echo "status $?"
pregress -q --focus f a b
