# By frames from the root as bytes, not by the whole line: ';' counts less.
printf 'b 1\na;z 2\na b;c 3\na 4\na;c 5\n' | pconvert -t folded
