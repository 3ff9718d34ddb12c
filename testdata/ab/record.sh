#!/bin/sh
# SPDX-License-Identifier: MIT
# Records the runs of two builds of three programs, v1 and v2 in turn, the
# order changing, so that drift of the machine is in both; needs go, gcc, perf
# and python3:
#     record.sh [RUNS]
set -eu
here=$(cd "${0%/*}" && pwd)
runs=${1:-12}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C

(cd "$here/../programs/gowork" &&
	go build -trimpath -o "$work/app_v1" . &&
	go build -trimpath -ldflags '-X main.version=v2' -o "$work/app_v2" .)
for v in v1 v2; do
	mkdir "$work/$v"
	cp "$here/../programs/cwork.c" "$work/$v"
done
(cd "$work/v1" && gcc -O0 -g -fno-omit-frame-pointer -o cwork cwork.c)
(cd "$work/v2" && gcc -O0 -g -fno-omit-frame-pointer -DV2 -o cwork cwork.c)
cp "$here/../programs/pyshop.py" "$work"
mkdir -p "$here/go" "$here/perf" "$here/python"

# one SIDE NUMBER: a run of each program
one()
{
	v=$1 n=$2
	"$work/app_$v" -n 30 -cpu "$here/go/$v.$n.pb.gz" >/dev/null
	(cd "$work/$v" &&
		perf record -q -e cpu-clock -F 997 -g -o data ./cwork 300 \
			>/dev/null &&
		perf script -i data -F comm,pid,tid,time,period,event,ip,sym,dso |
		sed 's|(/.*/\(v[12]\)/cwork)|(/srv/app/cwork)|' |
		gzip -9n >"$here/perf/$v.$n.txt.gz")
	(cd "$work" && python3 pyshop.py "$v" "$here/python/$v.$n.prof" \
		>/dev/null)
}

n=1
while [ "$n" -le "$runs" ]; do
	if [ $((n % 2)) -eq 1 ]; then
		one v1 "$n"
		one v2 "$n"
	else
		one v2 "$n"
		one v1 "$n"
	fi
	n=$((n + 1))
done
