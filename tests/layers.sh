#!/bin/sh
# SPDX-License-Identifier: MIT
# Check the directions of #include: cmd -> formats, libanalysis; readers ->
# libanalysis layers 0 and 1, writers -> up to 3; a layer -> itself or lower.
# LAYER0 .. LAYER5 list the base names of each layer.
set -u
fail=0
list=$(mktemp)
trap 'rm -f "$list"' EXIT

layer_of()
{
	for n in 0 1 2 3 4 5; do
		names=
		eval "names=\$LAYER$n"
		for name in $names; do
			[ "$name" = "$1" ] && echo "$n" && return
		done
	done
	echo none
}

complain()
{
	echo "layers: $*" >&2
	fail=1
}

# check FILE MAXIMUM: what FILE may include of libanalysis.
check()
{
	sed -n 's|^#include "libanalysis/\(.*\)\.h"|\1|p' "$1" >"$list"
	while read -r h; do
		l=$(layer_of "${h%.*s}")
		[ "$l" = none ] && complain "$1: $h.h is in no layer" && continue
		[ "$l" -le "$2" ] || complain "$1 (layer $2) includes $h.h ($l)"
	done <"$list"
}

for f in libanalysis/*.[ch]; do
	base=${f##*/}
	l=$(layer_of "${base%.*}")
	if [ "$l" = none ]; then
		complain "$f is in no layer (GNUmakefile, LAYER0 to LAYER5)"
		continue
	fi
	check "$f" "$l"
	grep -nE '^#include "(cmd|formats|tests)/' "$f" /dev/null &&
	    complain "$f includes upwards"
done
for f in formats/*.[ch]; do
	case $f in
	*_write.[ch] | formats/json.c | formats/dump*.c) check "$f" 3 ;;
	*) check "$f" 1 ;;
	esac
	grep -nE '^#include "(cmd|tests)/' "$f" /dev/null &&
	    complain "$f includes upwards"
done
exit $fail
