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
# A span counts from the first sample of what is read, also behind a filter.
pconvert --keep-time --time 20ms:40ms real_threads.txt |
    pconvert --time 0:5ms -t folded - | awk '{ s += $NF } END { print s }'
cd ../pprof || exit
pconvert --keep-time a.pb | ptop -n 1 - | grep -c main
