# -b, --base and --new of pdiff say nothing to ptop.
PROFKIT_OPTS='-b x --new -n 1' ptop < "$TESTDATA/pprof/a.pb"
