# An empty profile with a scale can be read again, and it is said.
printf 'a;b 1\n' | pconvert --focus zzz --scale 3 - | ptop -q -
printf 'a;b 1\n' | pconvert --hide . -t folded -
