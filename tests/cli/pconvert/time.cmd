# A span of time after the first sample; times go unless they are kept.
cd "$TESTDATA/perf" || exit
total() { pconvert -t folded "$@" real_threads.txt |
    awk '{ s += $NF } END { print s }'; }
total
total --time 0:
total --time 0:20ms
total --time 20.000001ms:
total --time :0.03s --time 10ms:
pconvert --taghide . --keep-time --time 10ms:20ms -t dump real_threads.txt |
    grep -E '^(sample|  time)'
pconvert --taghide . --time 10ms:20ms -t dump real_threads.txt |
    grep -E '^(sample|  time)'
# Through a pipe they stay what they were.
span() { pconvert --time 10ms:20ms -t folded --root none "$@"; }
pconvert --keep-time real_threads.txt | span |
    cmp - <(span real_threads.txt) && echo same
