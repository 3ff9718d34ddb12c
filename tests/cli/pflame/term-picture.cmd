pflame --term "$TESTDATA/perf/real_cxx.txt"
pflame --term --width 60 --ascii --inverted "$TESTDATA/perf/real_cxx.txt"
