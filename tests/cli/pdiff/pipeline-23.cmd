# One profile of a fleet, told apart by a label: acme against globex, and a
# label that is a number.
cp "$TESTDATA/pprof/tags.pb.gz" fleet.pb.gz
cp "$TESTDATA/pprof/heap.pb.gz" .
pdiff -n 5 --by label:tenant=acme,globex fleet.pb.gz
pdiff -n 5 -s alloc_objects --by label:bytes=64B:1kB,2kB: heap.pb.gz
