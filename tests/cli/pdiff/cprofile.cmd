pdiff -n 4 "$TESTDATA/cprofile/py27.prof" "$TESTDATA/cprofile/py313.prof"
pdiff -n 2 --tsv "$TESTDATA/cprofile/py27.prof" "$TESTDATA/cprofile/py313.prof"
pdiff "$TESTDATA/cprofile/py27.prof" "$TESTDATA/cprofile/py27.prof"
