#!/bin/sh
# SPDX-License-Identifier: MIT
# Makes the recordings in this folder and their .want.tsv:
#     PY3=python3.11 PY2=python2.7 record.sh
set -eu
here=$(cd "${0%/*}" && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cp "$here"/../programs/pwork.py "$dir"
cd "$dir"
export LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1

# report PYTHON PROF CODE: what pstats prints, s being its object.
report()
{
	"$1" -c "import pstats; s = pstats.Stats('$2').sort_stats('cumulative')
$3"
}

# all NAME PYTHON MODULE: one recording, in three reports.
all()
{
	"$2" -m "$3" -o "$1.prof" pwork.py 20 >/dev/null
	report "$2" "$1.prof" 's.print_stats()
s.print_callers()
s.print_callees()' >"$here/$1.pstats.txt"
	"$2" "$here/want.py" "$1.prof" "$here/$1.want.tsv"
}

all c311 "$PY3" cProfile
all c27 "$PY2" cProfile
all p311 "$PY3" profile
all p27 "$PY2" profile

report "$PY3" c311.prof 's.print_stats()' >"$here/c311_stats.pstats.txt"
report "$PY3" c311.prof 's.print_callers()' >"$here/c311_callers.pstats.txt"
report "$PY3" c311.prof 's.print_callees()' >"$here/c311_callees.pstats.txt"
report "$PY3" p311.prof 's.print_callers()' >"$here/p311_callers.pstats.txt"
report "$PY3" c311.prof 's.strip_dirs().sort_stats("tottime").print_stats(6)' \
    >"$here/c311_reduced.pstats.txt"
"$PY3" -m cProfile -s tottime pwork.py 20 >"$here/c311_command.pstats.txt"
"$PY3" -m cProfile -o more.prof pwork.py 20 more >/dev/null
"$PY3" -c "import pstats
for name in 'c311.prof', 'more.prof':
    pstats.Stats(name).sort_stats('tottime').print_stats('pwork')" \
    >"$here/c311_two.pstats.txt"
"$PY3" -c "import pstats
s = pstats.Stats('c311.prof')
s.add('more.prof')
s.print_stats('pwork')" >"$here/c311_added.pstats.txt"
