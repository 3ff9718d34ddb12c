#!/bin/sh
# SPDX-License-Identifier: MIT
# What the README promises, each command printed before it runs.
set -eu
mkdir -p "$OUT"
PATH=$(cd "$BIN" && pwd):$PATH
cp testdata/pprof/a.pb testdata/pprof/b.pb "$OUT"
cd "$OUT"

show()
{
	printf '\n$ %s\n' "$1"
	sh -c "$1"
}

show 'ptop -n 8 a.pb'
show 'pflame a.pb > a.svg && ls -l a.svg | cut -d" " -f5-'
show 'pflame --diff a.pb b.pb > diff.svg && ls -l diff.svg | cut -d" " -f5-'
show 'pconvert a.pb | pdiff - b.pb'
printf '\nThe pictures are %s/a.svg and %s/diff.svg: open them in a browser.\n' \
	"$OUT" "$OUT"
