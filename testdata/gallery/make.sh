#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# make.sh BINDIR - draw the gallery again with the tools of BINDIR, and put
# the numbers into README.md.
#
# Needs in PATH: flamegraph.pl, difffolded.pl and stackcollapse-perf.pl of
# FlameGraph; inferno-flamegraph, inferno-diff-folded and
# inferno-collapse-perf of inferno; rsvg-convert, pngquant, GNU time.
#
#   RUNS   runs of each command; their mean is the CPU time shown (20)
#
# SVG of the others holds their script, so that only its picture is kept.
# shellcheck disable=SC2016  # commands are expanded where they run

set -eu -o pipefail
export LC_ALL=C

# Side by side: name | tool | command.  Others read collapsed stacks: those
# of the Go profiles are made beforehand and take no time of theirs.
pictures=(
'go|flamegraph.pl|flamegraph.pl --title b.pb.gz "$tmp/go.folded"'
'go|inferno|inferno-flamegraph --title b.pb.gz "$tmp/go.folded"'
'go|pflame|pflame pprof/b.pb.gz'
'cxx|flamegraph.pl|stackcollapse-perf.pl perf/real_cxx.txt | flamegraph.pl'
'cxx|inferno|inferno-collapse-perf perf/real_cxx.txt | inferno-flamegraph'
'cxx|pflame|pflame perf/real_cxx.txt'
'heap|flamegraph.pl|difffolded.pl "$tmp/heap.folded" "$tmp/heap2.folded" | flamegraph.pl'
'heap|inferno|inferno-diff-folded "$tmp/heap.folded" "$tmp/heap2.folded" | inferno-flamegraph'
'heap|pflame|pflame --diff -s inuse_space pprof/heap.pb.gz pprof/heap2.pb.gz'
)

# The same pair the other way round: code is gone.
freed=(
'flamegraph.pl|difffolded.pl "$tmp/heap2.folded" "$tmp/heap.folded" | flamegraph.pl'
'inferno|inferno-diff-folded "$tmp/heap2.folded" "$tmp/heap.folded" | inferno-flamegraph'
'pflame|pflame --diff -s inuse_space pprof/heap2.pb.gz pprof/heap.pb.gz'
)

# Ours: name | command
ours=(
'node|pflame perf/real_node.txt'
'change|pflame --diff pprof/a.pb.gz pprof/b.pb.gz'
'freed|pflame --diff -s inuse_space pprof/heap2.pb.gz pprof/heap.pb.gz'
'python|pflame --color-by self --theme dark --inverted cprofile/profile313.prof'
)
svg_most=150000 png_most=80000

die()
{
	printf 'make.sh: %s\n' "$*" >&2
	exit 2
}

# picture SVG PNG: 1000 pixels wide, in few colours.
picture()
{
	rsvg-convert -w 1000 "$1" -o "$tmp/wide.png"
	pngquant --force --output "$2" 48 "$tmp/wide.png"
	[[ $(wc -c <"$2") -lt $png_most ]] || die "$2: $png_most bytes or more"
}

# cpu COMMAND: milliseconds of one run, user and system.
cpu()
{
	"$time" -q -o "$tmp/time" -f '%U %S' bash -c \
	    "for ((i = 0; i < $runs; i++)); do $1; done" >/dev/null
	awk -v n="$runs" '{ printf "%.1f", ($1 + $2) * 1000 / n }' "$tmp/time"
}

# titled SVG: what the frames drawn are called, one a line.
titled()
{
	{ grep -oE '([^<>]*>)?<title>[^<]*' "$1" || true; } |
	    sed -n -e '/class="rest/d' \
	    -e 's/^.*<title>//' -e 's/ ([0-9,.]* samples, .*//' \
	    -e 's/&lt;/</g' -e 's/&gt;/>/g' -e 's/&amp;/\&/g' -e '/./p'
}

# metadata SVG KEY: a number that ours states of itself.
metadata()
{
	sed -n 's/^ *"'"$2"'": \([0-9]*\),*$/\1/p' "$1" | head -n 1
}

# held SVG: frames in the file.
held()
{
	local n

	n=$(metadata "$1" frames)
	printf '%s' "${n:-$(titled "$1" | wc -l)}"
}

# changed SVG TOOL: frames coloured as more or less.
changed()
{
	case $2 in
	pflame)
		grep -cE 'class="([^"]* )?[ud][1-5]( [^"]*)?"[^>]*><title>' "$1"
		;;
	*)
		grep -o '<title>[^<]*' "$1" | grep -c '; [-+][0-9.]*%)$'
		;;
	esac || true
}

# row LABEL VALUE VALUE VALUE
row()
{
	printf '| %s | %s | %s | %s |\n' "$@"
}

# column NAME COMMAND: run COMMAND SVG TOOL for the three of NAME.
column()
{
	local name=$1 tool

	shift
	for tool in flamegraph.pl inferno pflame; do
		printf '%s\n' "$("$@" "$tmp/$name.$tool.svg" "$tool")"
	done
}

bytes()
{
	awk -v n="$(wc -c <"$1")" 'BEGIN { printf "%.1f KB", n / 1000 }'
}

milliseconds()
{
	printf '%s ms' "$(cat "$1.cpu")"
}

short()
{
	{ grep -o '\.\.</text>' "$1" || true; } | wc -l
}

anonymous()
{
	titled "$1" | grep '^(anonymous namespace)::' | sort -u | wc -l
}

# Frames of code that the new side does not have, of those that were there.
gone()
{
	printf '%s of %s' "$(titled "$1" | grep -cFx -f "$tmp/gone" || true)" \
	    "$(titled "$tmp/base.svg" | grep -cFx -f "$tmp/gone")"
}

add_row()
{
	local label=$1 cell

	shift
	mapfile -t cell < <(column "$@")
	row "$label" "${cell[@]}"
}

table()
{
	printf '| | flamegraph.pl | inferno | pflame |\n|---|---|---|---|\n'
	add_row 'SVG' "$1" bytes
	add_row 'CPU, user and system' "$1" milliseconds
	add_row 'frames in the file' "$1" held
	add_row 'labels cut short in the text' "$1" short
	case $1 in
	cxx)
		add_row 'functions of `(anonymous namespace)`' "$1" anonymous
		;;
	heap)
		add_row 'frames coloured as changed' "$1" changed
		add_row 'the other way round: frames of code that is gone' \
		    freed gone
		;;
	esac
}

gallery()
{
	local line name command

	for line in "${ours[@]}"; do
		IFS='|' read -r name command <<<"$line"
		printf '    %s > %s.svg\n\n' "$command" "$name"
		if [[ -e $here/$name.svg ]]; then
			printf '[![%s](%s.png)](%s.svg)\n\n' "$name" "$name" \
			    "$name"
		else
			printf '![%s](%s.png)\n\n' "$name" "$name"
		fi
		printf '%s, %s frames.\n\n' "$(bytes "$tmp/$name.svg")" \
		    "$(held "$tmp/$name.svg")"
	done
}

# fill MARK: put standard input between the marks of README.md.
fill()
{
	cat >"$tmp/part"
	awk -v mark="$1" -v part="$tmp/part" '
		$0 == "<!-- end " mark " -->" { skip = 0 }
		!skip { print }
		$0 == "<!-- " mark " -->" {
			while ((getline line < part) > 0)
				print line
			skip = 1
		}' "$here/README.md" >"$tmp/readme"
	cat "$tmp/readme" >"$here/README.md"
}

draw_all()
{
	local line name tool command

	for line in "${pictures[@]}"; do
		IFS='|' read -r name tool command <<<"$line"
		eval "$command" >"$tmp/$name.$tool.svg"
		cpu "$command" >"$tmp/$name.$tool.svg.cpu"
		picture "$tmp/$name.$tool.svg" "$here/$name.$tool.png"
	done
	for line in "${freed[@]}"; do
		IFS='|' read -r tool command <<<"$line"
		eval "$command" >"$tmp/freed.$tool.svg"
	done
	for line in "${ours[@]}"; do
		IFS='|' read -r name command <<<"$line"
		eval "$command" >"$tmp/$name.svg"
		picture "$tmp/$name.svg" "$here/$name.png"
		rm -f "$here/$name.svg"
		if [[ $(wc -c <"$tmp/$name.svg") -lt $svg_most ]]; then
			cp "$tmp/$name.svg" "$here/$name.svg"
		fi
	done
}

# names FOLDED: its frames, one a line.
names()
{
	sed 's/ [0-9]*$//' "$1" | tr ';' '\n' | sort -u
}

[[ $# -eq 1 ]] || die 'usage: make.sh BINDIR'
bin=$(realpath -e -- "$1") || die "no directory $1"
PATH=$bin:$PATH
here=$(dirname -- "$(realpath -e -- "$0")")
runs=${RUNS-20}
for line in flamegraph.pl difffolded.pl stackcollapse-perf.pl \
    inferno-flamegraph inferno-diff-folded inferno-collapse-perf \
    rsvg-convert pngquant time pflame; do
	type -P "$line" >/dev/null || die "needs $line"
done
tmp=$(mktemp -d) || die 'no temporary directory'
export tmp
trap 'rm -rf -- "$tmp"' EXIT
time=$(type -P time)

cd -- "$here/.."
pconvert -t folded -s cpu pprof/b.pb.gz >"$tmp/go.folded"
pconvert -t folded -s inuse_space pprof/heap.pb.gz >"$tmp/heap.folded"
pconvert -t folded -s inuse_space pprof/heap2.pb.gz >"$tmp/heap2.folded"
names "$tmp/heap.folded" >"$tmp/new"
names "$tmp/heap2.folded" | comm -23 - "$tmp/new" >"$tmp/gone"
pflame -s inuse_space pprof/heap2.pb.gz >"$tmp/base.svg"
draw_all
for line in go cxx heap; do
	table "$line" | fill "$line"
done
gallery | fill ours
