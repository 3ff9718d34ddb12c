#!/bin/sh
# SPDX-License-Identifier: MIT
# Records the runs of two builds of three programs, v1 and v2 in turn, the
# order changing, so that drift of the machine is in both; as root, with go,
# gcc, perf and python3:
#     unshare -m record.sh [RUNS]
# An own mount name space: programs lie in /srv/app wherever this runs.
set -eu
here=$(cd "${0%/*}/.." && pwd)
runs=${1:-12}
mount -t tmpfs none /srv
mkdir /srv/app /srv/here
mount --bind "$here" /srv/here
export LC_ALL=C
from=/srv/here/programs to=/srv/here/ab
cd /srv/app

(cd "$from/gowork" &&
	go build -trimpath -o /srv/app/app_v1 . &&
	go build -trimpath -ldflags '-X main.version=v2' -o /srv/app/app_v2 .)
mkdir v1 v2
gcc -O0 -g -fno-omit-frame-pointer -o v1/cwork "$from/cwork.c"
gcc -O0 -g -fno-omit-frame-pointer -DV2 -o v2/cwork "$from/cwork.c"
cp "$from/pyshop.py" .
mkdir -p "$to/go" "$to/perf" "$to/python"

# one SIDE NUMBER: a run of each program
one()
{
	v=$1 n=$2
	"./app_$v" -n 120 -cpu "$to/go/$v.$n.pb.gz" >/dev/null
	perf record -q -e cpu-clock -F 997 -g -o data "$v/cwork" 300 >/dev/null
	perf script -i data -F comm,pid,tid,time,period,event,ip,sym,dso |
		sed 's|(/.*/v[12]/cwork)|(/srv/app/cwork)|' |
		gzip -9n >"$to/perf/$v.$n.txt.gz"
	python3 pyshop.py "$v" "$to/python/$v.$n.prof" >/dev/null
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
