cd "$TESTDATA/pprof"
pflame --href 'https://git/%f#L%l' a.pb | grep -o '<a href[^>]*>' | sort -u
# Names cannot become code.
pflame --href 'javascript:alert("%n")' a.pb
printf 'javascript:alert(1) 5\n' | pflame --href '%n' - |
    grep -o '<a href[^>]*>'
