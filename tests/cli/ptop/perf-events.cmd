ptop -n 2 "$TESTDATA/perf/real_events.txt"
ptop -n 2 -s task-clock:u "$TESTDATA/perf/real_events.txt"
