mkfifo fifo
cat "$TESTDATA/pprof/a.pb" > fifo &
ptop -n 1 fifo
ptop -n 1 <(cat "$TESTDATA/pprof/a.pb") | tail -n +2
