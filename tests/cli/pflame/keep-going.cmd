echo garbage > bad
echo 'm;f 1' > a
pflame -k bad a > out.svg
echo "status $? $(grep -c '</svg>' out.svg)"
pflame -k bad
