# One recording, printed with other fields, is one set of stacks.
cd "$TESTDATA/perf" || exit
pconvert -t folded --root none real_small.txt
for i in header notime comm_time nodso srcline_path srcline insn misc_ns \
    reltime deltatime latency mmap; do
	pconvert -q -t folded --root none "real_$i.txt" |
	    cmp - <(pconvert -t folded --root none real_small.txt) &&
	    echo "$i: same"
done
# Without a period each sample counts 1.
for i in ip_sym noperiod noevent pid_cpu pid_tid_cpu; do
	pconvert -q -t folded --root none "real_$i.txt" |
	    awk '{ $NF *= 2004008 } 1' |
	    cmp - <(pconvert -t folded --root none real_small.txt) &&
	    echo "$i: same"
done
