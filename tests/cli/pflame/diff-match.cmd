# A function that was likely renamed is one box, unless names must be exact.
a='main;run;parse_line;alloc 300
main;run;parse_line 500
main;run;emit;put 300'
printf '%s\n' "$a" > a
printf '%s\n' "$a" | sed 's/parse_line/parse_record/' > b
for how in exact stable renamed; do
	echo "-- $how"
	pflame --diff --match $how a b | grep -o '<title>parse.*'
done
