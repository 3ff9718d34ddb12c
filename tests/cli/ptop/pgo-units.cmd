# A call has no size in bytes; the default is a time and binds no bytes.
ptop -q --pgo -n 1 "$TESTDATA/pprof/heap.pb.gz"
ptop -q --pgo --min-avg 5MB "$TESTDATA/cprofile/py313.prof"
ptop -q --pgo --min-avg 5m "$TESTDATA/cprofile/py313.prof"
ptop -q --pgo --min-avg '' "$TESTDATA/cprofile/py313.prof"
ptop -q --pgo --min-avg 9223372036854775807d "$TESTDATA/cprofile/py313.prof"
