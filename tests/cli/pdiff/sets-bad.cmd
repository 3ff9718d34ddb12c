# Sets without a run, members that are no profile, a directory elsewhere.
mkdir none old new
printf 'm;same 5\nm;up 2\n' | tee old/1 > new/1
pdiff none new; echo "status $?"
pdiff old 'nothing*'; echo "status $?"
pdiff old no-such; echo "status $?"
echo 'no profile at all' > new/2
pdiff old new; echo "status $?"
pdiff -k old new | head -3; echo "status ${PIPESTATUS[0]}"
ptop old; echo "status $?"
pconvert old; echo "status $?"
pflame old; echo "status $?"
