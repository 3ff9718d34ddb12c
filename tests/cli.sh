#!/bin/bash
# SPDX-License-Identifier: MIT
# Run the command-line tests: tests/cli/TOOL/CASE.cmd is a shell script;
# beside it CASE.out, CASE.err and CASE.rc say what it must print and how it
# must end, where that is not nothing and 0.  With UPDATE=1 they are written.
set -u
here=$(cd "$(dirname "$0")" && pwd)
# A case may change its folder.
BIN=$(cd "$BIN" && pwd) || exit 2
export PATH="$BIN:$PATH" TESTDATA LC_ALL=C
unset PROFKIT_OPTS NO_COLOR CLICOLOR_FORCE COLUMNS SOURCE_DATE_EPOCH
passed=0
failed=0

expect()
{
	if [ "${UPDATE-}" = 1 ]; then
		if [ -s "$2" ]; then cp "$2" "$1"; else rm -f "$1"; fi
		return 0
	fi
	if [ -e "$1" ]; then
		cmp -s "$1" "$2" || { diff -u "$1" "$2" | head -20; return 1; }
	elif [ -s "$2" ]; then
		echo "unexpected: "
		head -5 "$2"
		return 1
	fi
}

run()
{
	local base=${1%.cmd} dir rc ok=1
	dir=$(mktemp -d "$TESTTMP/cli.XXXXXX") || exit 2
	mkdir "$dir/work"
	# Machine paths must not reach the expected output.
	(cd "$dir/work" && bash "$1" >"$dir/out" 2>"$dir/err" </dev/null)
	rc=$?
	sed "s|$TESTDATA|TESTDATA|g" <"$dir/out" >"$dir/out2"
	sed "s|$TESTDATA|TESTDATA|g" <"$dir/err" >"$dir/err2"
	if [ $rc = 0 ]; then : >"$dir/rc"; else echo $rc >"$dir/rc"; fi
	expect "$base.out" "$dir/out2" || ok=0
	expect "$base.err" "$dir/err2" || ok=0
	expect "$base.rc" "$dir/rc" || ok=0
	if [ $ok = 1 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED: ${1#"$here"/}"
	fi
	rm -rf "$dir"
}

for cmd in "$here"/cli/*/*.cmd; do
	run "$cmd"
done
echo "command line: $passed passed, $failed failed"
[ $failed = 0 ]
