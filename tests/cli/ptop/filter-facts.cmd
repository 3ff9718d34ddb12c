# Facts are of what the filters leave.
ptop --types --tagfocus tenant=acme "$TESTDATA/pprof/tags.pb.gz"
ptop --info --tagfocus tenant=acme "$TESTDATA/pprof/tags.pb.gz" >one
pconvert --info --tagfocus tenant=acme "$TESTDATA/pprof/tags.pb.gz" |
    cmp - one && grep -e samples: -e total one
