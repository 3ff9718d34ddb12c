printf 'm;f 100\n' > a
mkdir full
pregress --baseline-update base a - < a; echo "status $?"
pregress --baseline-update base a <(cat a); echo "status $?"
pregress --baseline-update '' a a; echo "status $?"
pregress --baseline-update - a a; echo "status $?"
pregress --baseline-update base --by label:x=1,2 a; echo "status $?"
pregress --baseline-update no/such/file a a > report; echo "status $?"
pregress --baseline-update no/such/dir/ a a > report; echo "status $?"
pregress --baseline-update base a /dev/null > report; echo "status $?"
ls
