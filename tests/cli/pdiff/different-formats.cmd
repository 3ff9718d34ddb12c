# A profile and its own collapsed stacks: functions pair by name.
cp "$TESTDATA/pprof/a.pb" .
pconvert -q -t folded -s samples a.pb > a.folded
pdiff -s samples a.pb a.folded
