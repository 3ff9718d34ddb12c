# A FIFO and a device are written in place.
mkfifo fifo
ptop -n 1 fifo > top &
pconvert -o fifo "$TESTDATA/pprof/a.pb"
wait
cat top
[ -p fifo ] && ls
pconvert -o /dev/null "$TESTDATA/pprof/a.pb" && [ -c /dev/null ] && echo there
