#!/bin/sh
# SPDX-License-Identifier: MIT
# Makes real_*.txt and their .want.tsv; as root, with perf, gcc, g++ and node:
#     unshare -muf record.sh
# An own mount and host name space: programs lie in /srv/app and the host is
# called "host", wherever this runs. Maps of names go into a /tmp of its own.
set -eu
here=$(cd "${0%/*}/.." && pwd)
mount -t tmpfs none /srv
mkdir /srv/app /srv/here
mount --bind "$here" /srv/here
mount -t tmpfs none /tmp
cd /srv/app
hostname host
export LC_ALL=C HOME=/srv/app PERF_BUILDID_DIR=/srv/app/.debug
unset NODE_EXTRA_CA_CERTS NODE_OPTIONS
from=/srv/here/programs to=/srv/here/perf

build()
{
	cp $from/*.c $from/*.cpp $from/*.js .
	gcc -O0 -g -fno-omit-frame-pointer -o cwork cwork.c
	gcc -O0 -g -fno-omit-frame-pointer -o jitmap jitmap.c
	gcc -O0 -g -fno-omit-frame-pointer -pthread -o threads threads.c
	g++ -O2 -g -fno-omit-frame-pointer -o shapes shapes.cpp
	cp shapes "my shapes (v1)"
}

# text NAME DATA [OPTION...]: what perf script prints.
text()
{
	name=$1 data=$2
	shift 2
	perf script -i "$data" "$@" >"$to/real_$name.txt"
}

# want NAME DATA [OPTION...]: what perf says without that text.
want()
{
	FILE="$to/real_$1.want.tsv"
	data=$2
	shift 2
	FILE=$FILE perf script -i "$data" "$@" -s $to/want.py
}

# record DATA OPTION...
record()
{
	data=$1
	shift
	perf record -q -N -o "$data" "$@" >/dev/null
}

build

record fp.data -e cpu-clock -F 997 -g ./cwork 25
text fp fp.data
want fp fp.data

record small.data --sample-cpu -e cpu-clock -F 499 -g ./cwork 20
want small small.data
text small small.data
text header small.data --header
# Which build of a kernel made it is nobody's business.
sed -i 's/^\(# os release : [0-9.]*\).*/\1/' $to/real_header.txt
text ip_sym small.data -F ip,sym
text notime small.data -F comm,pid,tid,cpu,period,event,ip,sym,symoff,dso
text comm_time small.data -F comm,time,event,period,ip,sym,dso
text pid_cpu small.data -F comm,pid,cpu,time,event,ip,sym,dso
text pid_tid_cpu small.data -F comm,pid,tid,cpu,time,event,ip,sym,dso
text noperiod small.data -F -period
text nodso small.data -F -dso
text noevent small.data -F comm,tid,time,ip,sym,dso
text srcline small.data -F +srcline
text srcline_path small.data -F +srcline --full-source-path
text insn small.data -F +insn
text misc_ns small.data -F +misc --ns
text reltime small.data --reltime
text deltatime small.data --deltatime
text latency small.data --Latency
text hidden small.data -G
text mmap small.data --show-mmap-events --show-task-events

record plain.data -e cpu-clock -F 997 ./cwork 40
text nocallchain plain.data
want nocallchain plain.data

record cxx.data -e cpu-clock -F 997 -g "./my shapes (v1)" 90
text cxx cxx.data
want cxx cxx.data
record dwarf.data -e cpu-clock -F 997 --call-graph dwarf,4096 ./shapes 60
text dwarf_inline dwarf.data
want dwarf_inline dwarf.data
text dwarf_srcline dwarf.data -F +srcline

record events.data -F 499 -g \
    -e cpu-clock,task-clock:u,page-faults,context-switches ./threads 8
text events events.data
want events events.data
record threads.data --sample-cpu -e cpu-clock -F 499 -g ./threads 80
text threads threads.data
want threads threads.data
text threads_ids threads.data -F +pid,+cpu
text threads_latency threads.data --Latency

record switch.data -g -e sched:sched_switch --filter 'next_pid == 0' \
    ./threads 32
text tracepoint switch.data
COUNT=1 want tracepoint switch.data
record calls.data -g -e syscalls:sys_exit_read --filter 'ret < 1000' \
    -e syscalls:sys_enter_read,syscalls:sys_enter_openat,cpu-clock ./cwork 1
text payload calls.data
want payload calls.data

record jit.data -e cpu-clock -F 997 -g ./jitmap 200
text jit jit.data
want jit jit.data
record node.data -D 350 -e cpu-clock -F 71 -g \
    node --perf-basic-prof jwork.js 360
text node node.data --max-stack 12
want node node.data --max-stack 12

# The same numbers once more, by perf report: self periods of each symbol.
for want in "$to"/real_*.want.tsv; do
	name=${want##*/real_} name=${name%.want.tsv}
	case $name in
	fp | small | nocallchain | cxx | threads | jit)
		[ "$name" = nocallchain ] && name=plain
		perf report -i "$name.data" --stdio --no-children -g none \
		    -F period,sym -w 0,0 2>/dev/null |
		    sed -n 's/^ *\([0-9][0-9]*\)  *\[[.k]\] \(.*[^ ]\) *$/\1 \2/p' |
		    sort >numbers
		awk -F'\t' 'NR > 1 && $4 != "TOTAL" && $2 { print $2 " " $4 }' \
		    "$want" | sort | diff - numbers ;;
	esac
done
