ptop -n 2 --peek 'fact|checksum' "$TESTDATA/cprofile/py313.prof" 2>/dev/null
