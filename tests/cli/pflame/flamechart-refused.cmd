pflame --flamechart "$TESTDATA/perf/real_notime.txt"; echo $?
pflame --flamechart "$TESTDATA/pprof/a.pb"; echo $?
echo 'm;a 2' > in.folded
pflame --flamechart --diff in.folded in.folded; echo $?
pflame --flamechart --reverse in.folded; echo $?
pflame --flamechart --sort size in.folded; echo $?
pflame --flamechart in.folded in.folded; echo $?
pflame --flamechart --time 0:1s in.folded; echo $?
pflame --flamechart --term /dev/null; echo $?
