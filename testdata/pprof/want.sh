#!/bin/sh
# Writes X.want.tsv for each profile X.pb.gz: what go tool pprof says per function.
# usage: ./want.sh [FILE.pb.gz ...]   (no arguments: all profiles beside this script)
set -eu
LC_ALL=C
export LC_ALL
tab=$(printf '\t')

here=$(dirname "$0")
[ $# -gt 0 ] || set -- "$here"/*.pb.gz "$here"/runs/*.pb.gz

# top FILE TYPE UNIT: rows "type flat cum name", then the total.
top() {
    go tool pprof -symbolize=none -top -cum -nodecount=0 -nodefraction=0 \
        -edgefraction=0 "-sample_index=$2" "-unit=$3" "$1" 2>/dev/null |
        awk -v OFS='\t' -v type="$2" -v unit="$3" '
            function int_of(s) {
                sub(unit "$", "", s)
                if (s !~ /^-?[0-9]+$/) {
                    print "want.sh: not an integer: " s > "/dev/stderr"
                    exit 1
                }
                return s
            }
            /^Showing nodes accounting for / {
                total = $(NF - 1)
                print type, int_of(total), int_of(total), "TOTAL"
            }
            rows {
                flat = int_of($1)
                cum = int_of($4)
                name = $0
                sub(/^ *[^ ]+ +[^ ]+ +[^ ]+ +[^ ]+ +[^ ]+  /, "", name)
                sub(/ \((partial-)?inline\)$/, "", name)
                print type, flat, cum, name
            }
            /^ *flat  flat%/ { rows = 1 }'
}

for f in "$@"; do
    out=${f%.pb.gz}.want.tsv
    types=$(go tool pprof -symbolize=none -raw "$f" 2>/dev/null |
        awk '/^Samples:/ { getline; gsub(/\[dflt\]/, ""); print; exit }')
    {
        printf 'type\tflat\tcum\tname\n'
        for t in $types; do
            case ${t#*/} in
            nanoseconds) unit=ns ;;
            bytes) unit=B ;;
            *) unit=count ;;
            esac
            top "$f" "${t%%/*}" "$unit"
        done | sort -t "$tab" -k 1,1 -k 4
    } > "$out"
    # every type must have its total, or pprof failed somewhere above
    if [ "$(grep -c "${tab}TOTAL\$" "$out")" -ne "$(echo "$types" | wc -w)" ] ||
        [ -z "$types" ]; then
        echo "want.sh: $f: pprof gave no complete report" >&2
        exit 1
    fi
done
