#!/bin/bash
# SPDX-License-Identifier: MIT
# Every picture is well-formed XML for xmllint, is drawn by rsvg-convert, and
# has the same bytes when it is made again: of the recordings, with the
# options that change what is drawn, and of inputs at the edge.  Programs that
# are not there are told of; PICTURES=required makes that a failure.
set -u
export PATH="$BIN:$PATH" LC_ALL=C
unset PROFKIT_OPTS
passed=0
failed=0
dir=$(mktemp -d "$TESTTMP/pictures.XXXXXX") || exit 2
trap 'rm -rf "$dir"' EXIT

for tool in xmllint rsvg-convert; do
	if ! command -v $tool >/dev/null; then
		echo "SKIP: $tool is not installed"
		[ "${PICTURES-}" != required ] || failed=$((failed + 1))
	fi
done

have()
{
	command -v "$1" >/dev/null
}

# draw NAME OPTION...: with what the two programs say of it.
draw()
{
	local name=$1 trouble=
	shift
	if ! pflame -q "$@" >"$dir/1.svg" 2>"$dir/err" </dev/null; then
		trouble="pflame: $(head -1 "$dir/err")"
	elif ! pflame -q "$@" 2>/dev/null </dev/null | cmp -s - "$dir/1.svg"; then
		trouble="two runs differ"
	elif have xmllint && ! xmllint --huge --noout "$dir/1.svg" \
	    2>"$dir/err"; then
		trouble="xmllint: $(head -1 "$dir/err")"
	elif have rsvg-convert && ! { rsvg-convert --unlimited -w 600 \
	    -o "$dir/1.png" "$dir/1.svg" 2>"$dir/err" &&
	    [ -s "$dir/1.png" ]; }; then
		trouble="rsvg-convert: $(head -1 "$dir/err")"
	fi
	if [ -z "$trouble" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED: $name: pflame $*: $trouble"
	fi
}

repeat()
{
	head -c "$2" /dev/zero | tr '\0' "$1"
}

# Inputs at the edge, as collapsed stacks.
edge()
{
	: >"$dir/empty"
	echo 'm;f 1' >"$dir/one"
	echo 'm;f 1000000000000000000' >"$dir/huge"
	printf 'm;f 9223372036854775806\nm;g 1\n' >"$dir/largest"
	printf 'm;f -5\nm;g 7\nm;h;i -2\n' >"$dir/negative"
	printf 'm;f 0.125\nm;g 2.5\n' >"$dir/decimals"
	{ repeat f 1000000; echo ' 7'; } >"$dir/longname"
	{ for _ in $(seq 1000); do
		repeat 'a;' 200 | sed 's/;*$/;/'
	  done | tr -d '\n'; echo 'z 3'; } >"$dir/deep"
	printf '%b' '</text><script>alert(1);]]>;a\0033[31m;\x01\xff\xfe;' \
		'&#0;;" onload="x;\xef\xbf\xbe;\xe2\x80\xa8;<!--;' \
		'\xf0\x9f\x98 5\n' >"$dir/hostile"
}

edge
for f in one huge largest negative decimals longname deep hostile; do
	draw $f -f folded "$dir/$f"
	draw $f --no-js --inverted --reverse -f folded "$dir/$f"
	draw $f -f folded --diff "$dir/one" "$dir/$f"
done
draw empty --allow-empty "$dir/empty"
draw null /dev/null

for f in "$TESTDATA"/{pprof,folded,cprofile,perf,pstats}/*; do
	case $f in
	*.py | *.sh | *.c | *.cpp | *.go | *.md | *.want | *.tsv) continue ;;
	esac
	pconvert -q --check "$f" 2>/dev/null || continue
	draw "$(basename "$f")" "$f"
done
a=$TESTDATA/pprof/a.pb.gz b=$TESTDATA/pprof/b.pb.gz
for o in --no-js --no-data --inverted --reverse '--sort size' '--sort input' \
    '--theme dark' '--theme light' '--color-by language' '--color-by self' \
    '--color-by kind' '--color-by package' '--color-by function' \
    '--colors hot' '--colors java' '--colors wakeup' '--fontsize 20' \
    '--width 300' '--minwidth 0' '--max-frames 5' '--max-rows 3' \
    '--href https://x/%f#L%l' '-g package' '-g line'; do
	# shellcheck disable=SC2086
	draw one $o "$a"
	# shellcheck disable=SC2086
	draw two $o --diff "$a" "$b"
done
for o in '--layout after' '--layout before' '--layout abs' \
    '--diff-scale ratio' '--diff-scale abs' '--metric self' --negate \
    '--normalize total'; do
	# shellcheck disable=SC2086
	draw comparison $o --diff "$a" "$b"
done
echo "pictures: $passed passed, $failed failed"
[ $failed = 0 ]
