cp "$TESTDATA"/pprof/{a,b}.pb .
pregress -o p.xml a.pb b.pb
pregress -o p.json a.pb b.pb
pregress -o p.txt a.pb b.pb
head -n 1 p.xml p.txt
head -c 60 p.json
