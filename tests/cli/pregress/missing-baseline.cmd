# No baseline yet: an error, or a pass that says so, in all forms.
printf 'm;f 5\n' > new
mkdir empty
pregress base new; echo "status $?"
pregress --missing-baseline pass base new; echo "status $?"
pregress --missing-baseline=pass -b empty -b 'old*' -b gone new new | head -2
pregress -q --missing-baseline pass --json --junit=j.xml --github=g base new
cat j.xml g
xmllint --noout j.xml && echo valid
for form in tsv csv jsonl markdown; do
	pregress -q --missing-baseline pass --$form base new
done
# A comment has the mark of the comparisons to come, by which it is replaced.
for how in '' '--focus f' '--metric self' '-s samples'; do
	set -- $how
	pregress -q --missing-baseline pass "$@" --markdown base new |
	    head -n 1 >before
	pregress -q --missing-baseline pass "$@" --markdown new new |
	    head -n 1 | cmp before - && cat before
done
pregress -q --missing-baseline pass --markdown '*<b>*' new
pregress --missing-baseline pass --svg=picture base new >/dev/null
ls picture
# What is there has to be readable, and so has the new side.
pregress --missing-baseline pass base no-such; echo "status $?"
cp new old1
pregress --missing-baseline pass -b old1 -b gone new; echo "status $?"
pregress --missing-baseline pass old1 new | head -1
