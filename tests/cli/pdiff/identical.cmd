cd "$TESTDATA/pprof"
pdiff a.pb a.pb.gz
pdiff -e a.pb a.pb.gz > /dev/null
echo "status $?"
pdiff --tsv a.pb a.pb.gz
pdiff -a --tsv a.pb a.pb.gz | cut -f5 | sort | uniq -c
