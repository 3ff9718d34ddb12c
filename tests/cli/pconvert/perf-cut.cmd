# A cut line is an error; so is a text without samples.
head -c 700 "$TESTDATA/perf/real_small.txt" >cut
pconvert -t folded cut
printf "no line of perf\n" >other
pconvert -f perf other
printf "\n\n\n" | pconvert -f perf
