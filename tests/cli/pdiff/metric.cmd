cd "$TESTDATA/cprofile"
pdiff -q -n 3 --metric total py27.prof py313.prof
pdiff -q -n 3 --metric calls,per_call py27.prof py313.prof
pdiff -q -n 3 --tsv --metric total,self py27.prof py313.prof | cut -f 1-6
