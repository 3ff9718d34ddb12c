# How many functions tell a factor.
printf 'm;f 100\nm;g 110\n' >a; printf 'm;f 120\nm;g 100\n' >b
pdiff a b | sed -n 4p
pdiff --base a b --new b a | sed -n 4p
printf 'm;f 1\nm;g 1\n' >c; printf 'm;f 2\nm;g 1\n' >d
pdiff c d | sed -n 4p
pconvert c -o c.pb; pconvert d -o d.pb; pdiff c.pb d.pb | sed -n 4p
pdiff -g stack c.pb d.pb | sed -n 4p
# The unit asked for may be large for a change.
A=$TESTDATA/ab/go
pdiff --unit s $A/v1.1.pb.gz $A/v1.2.pb.gz | head -1
pdiff --unit h $A/v1.1.pb.gz $A/v1.2.pb.gz | head -1
# A number may begin with its point.
pdiff --alpha .05 --min-share .5% a b | head -1
pdiff --alpha . a b
