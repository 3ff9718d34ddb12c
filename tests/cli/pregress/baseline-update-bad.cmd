printf 'm;f 100\n' > a
mkdir full
pregress --baseline-update base a - < a; echo "status $?"
pregress --baseline-update base a <(cat a); echo "status $?"
pregress --baseline-update '' a a; echo "status $?"
pregress --baseline-update - a a; echo "status $?"
pregress --baseline-update base --by label:x=1,2 a; echo "status $?"
pregress --baseline-update no/such/file a a > report; echo "status $?"
pregress --baseline-update no/such/dir/ a a > report; echo "status $?"
# Then no report is written either.
pregress --baseline-update no/file --json=a.json -o a.txt a a
echo "status $?"
pregress --baseline-update /no-such-folder/x --json=a.json -o a.txt a a
echo "status $?"
pregress --baseline-update a/ --json=a.json -o a.txt a a
echo "status $?"
pregress --missing-baseline=pass --baseline-update no/dir/ -o a.txt b a
echo "status $?"
pregress --baseline-update base a /dev/null > report; echo "status $?"
ls
