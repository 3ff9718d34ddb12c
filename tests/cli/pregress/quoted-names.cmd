# The command that shows more can be pasted.
printf 'm;f 5\n' > "a file"
printf 'm;f 9\n' > "it's"
pregress "a file" "it's"
