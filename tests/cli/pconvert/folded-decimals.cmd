# Exact inside; written without scale the integers still add up.
printf 'a 0.3\nb 0.3\nc 0.4\n' > d
ptop -a d
pconvert d | ptop -a
pconvert -t folded d
