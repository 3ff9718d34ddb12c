# A function of +5 and -5 is there; one whose samples have no value is not.
printf 'main;up 5\nmain;down -5\nidle;wait 0\n' > t
for report in callers callees peek list
do
	ptop --$report main t
	ptop --$report main --tsv t
done
ptop --callees 'idle|wait' t
