printf 'm;f 5\nbad line;\nm;g 5\nm;h 2\n' > s
echo 'm;f 6' > t
pdiff s t
echo "status $?"
pdiff -q --json s t | grep -A 2 skipped
pdiff --strict s t
