# A recording of Go 1.23, as go build -pgo reads it.
pconvert --pgo-go -o default.pgo "$TESTDATA/pprof/go123.pb.gz"
pconvert -i default.pgo | grep -e type -e samples:
ptop --tsv -n 2 default.pgo
