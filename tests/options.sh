#!/bin/bash
# SPDX-License-Identifier: MIT
# The command line of the five programs: --help and the manual name the same
# options, help and version look alike, and options may be written in all the
# ways that the manual promises.
set -u
here=$(cd "$(dirname "$0")" && pwd)
# A case may change its folder.
BIN=$(cd "$BIN" && pwd) || exit 2
export PATH="$BIN:$PATH" LC_ALL=C
unset PROFKIT_OPTS NO_COLOR CLICOLOR_FORCE COLUMNS SOURCE_DATE_EPOCH
# shellcheck source=tests/result.sh
. "${0%/*}/result.sh"
mkdir -p "$TESTTMP"
dir=$(mktemp -d "$TESTTMP/options.XXXXXX") || exit 2
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 2
cp "$TESTDATA/pprof/a.pb" "$TESTDATA/pprof/b.pb" .

# ends STATUS COMMAND...: output goes to files out and err.
ends()
{
	local want=$1 rc
	shift
	"$@" >out 2>err </dev/null
	rc=$?
	[ $rc = "$want" ]
	result $? "$*: status $rc, not $want"
}

# says FILE PATTERN: what the last command wrote there.
says()
{
	grep -q -e "$2" "$1"
	result $? "no '$2' in $1: $(head -n 2 "$1")"
}

# same COMMAND...: it prints what is in file want.
same()
{
	"$@" >out 2>err </dev/null && cmp -s want out
	result $? "$*: other output than it must have"
}

# refused PATTERN COMMAND...: status 2, one line of message with PATTERN.
refused()
{
	local pattern=$1
	shift
	ends 2 "$@"
	says err "$pattern"
	[ "$(wc -l <err)" = 1 ] && [ ! -s out ]
	result $? "$*: more than a message"
}

in_help()
{
	"$1" --help | awk '
	/^  -[A-Za-z]/ { print substr($1, 1, 2) }
	/^ +(-[A-Za-z], )?--[a-z]/ {
		for (i = 1; i <= 2; i++)
			if ($i ~ /^--/) {
				sub(/[[=].*/, "", $i)
				print $i
			}
	}' | sort -u
}

in_manual()
{
	awk '/^\.It Fl / {
		for (i = 2; i < NF; i++)
			if ($i == "Fl")
				print "-" $(i + 1)
	}' "$here/../cmd/$1.1" | sort -u
}

manual_names_all()
{
	in_help "$1" >help
	in_manual "$1" >manual
	[ -s help ] && cmp -s help manual
	result $? "$1: options of --help (<) and of the manual (>)" ||
	    diff help manual
}

# Options that mean the same everywhere are described in the same words.
described()
{
	awk -v option="-$2" '
	/^\.It Fl / {
		inside = 0
		for (i = 2; i < NF; i++)
			if ($i == "Fl" && $(i + 1) == option)
				inside = 1
		next
	}
	/^\.(El|Sh|Ss)/ { inside = 0 }
	inside' "$here/../cmd/$1.1"
}

manuals_agree()
{
	local option tool
	for option in from keep-going allow-empty files0-from color ascii \
	    quiet verbose help version max-input max-expansion max-mem \
	    max-depth max-strings max-labels max-line max-match demangle \
	    rename stable-names trim-path focus hide show-from prune-from \
	    tagfocus tagshow tagroot thread time keep-time kind hide-system \
	    fold-recursion no-inlines all-frames relative-percentages scale \
	    average mean normalize unit; do
		rm -f want
		for tool in pconvert ptop pdiff pflame pregress; do
			described $tool $option >out
			[ -s out ] || continue
			[ -e want ] || cp out want
			cmp -s out want
			result $? "$tool.1 says something else on --$option"
		done
		[ -e want ]
		result $? "no manual describes --$option"
	done
}

helps()
{
	ends 0 "$1" -h
	[ "$(wc -l <out)" -le 24 ]
	result $? "$1 -h: more than 24 lines"
	[ "$(grep -c '^  # ' out)" = 5 ]
	result $? "$1 -h: not five examples"
	says out "^usage: $1 "
	ends 0 "$1" --help
	says out "^usage: $1 "
	[ "$(wc -L <out)" -le 80 ]
	result $? "$1 --help: wider than 80 columns"
	ends 0 "$1" -V
	[ "$(head -n 1 out)" = "$1 (Profkit) 1.0.0" ]
	result $? "$1 -V: $(head -n 1 out)"
	cp out version
	ends 0 "$1" --version
	cmp -s out version
	result $? "$1: --version is not -V"
	ends 0 "$1" -vV
	says out '^built with'
}

refuses()
{
	refused "^$1: unknown option '--no-such'" "$1" --no-such
	refused "^$1: unknown option '-%'" "$1" -%
	refused "unknown option '--max-dept'" "$1" --max-dept 5
	refused "unknown option '--verb'" "$1" --verb
	refused "needs an argument" "$1" --from
	refused "needs an argument" "$1" -f
	refused "takes no argument" "$1" --quiet=yes
	refused "takes .*, not '0'" "$1" --max-depth 0
	refused "takes .*, not '-1'" "$1" --max-depth -1
	refused "takes .*, not '1e3'" "$1" --max-depth=1e3
	refused "takes .*, not '1,5'" "$1" --max-depth=1,5
	refused "takes .*, not 'x'" "$1" --max-mem x
	refused "unknown input format 'no-such'" "$1" -f no-such a.pb b.pb
}

for tool in pconvert ptop pdiff pflame pregress; do
	manual_names_all $tool
	helps $tool
	refuses $tool
done

manuals_agree

# One option, many ways.
ptop -n 5 a.pb >want
[ "$(grep -c 'main\.' want)" -ge 1 ]
result $? "ptop -n 5 shows nothing"
same ptop -n5 a.pb
same ptop --limit 5 a.pb
same ptop --limit=5 a.pb
same ptop --li-mit_=5 a.pb
same ptop a.pb -n 5
same ptop a.pb --limit 5
same ptop -n 3 -n 5 a.pb
same ptop -n 5 -- a.pb
same ptop -qn5 a.pb
same env PROFKIT_OPTS='-n 5' ptop a.pb
same env PROFKIT_OPTS='  --limit=5  ' ptop a.pb
same env PROFKIT_OPTS='-n 3 -q' ptop -n 5 a.pb
same env PROFKIT_OPTS='--title=x -z9 -e -n5' ptop a.pb
refused "unknown option '--no-such'" env PROFKIT_OPTS=--no-such ptop a.pb
refused "PROFKIT_OPTS may hold options only" \
	env PROFKIT_OPTS=b.pb ptop a.pb
ptop -s samples a.pb >want
same ptop --sample-type samples a.pb
same ptop --sampletype=samples a.pb
same ptop --sample_type samples a.pb
same ptop -ssamples a.pb
refused "unknown option '--sample', use '--sample-type'" \
	ptop --sample samples a.pb
refused "unknown option '--cum', use '--sort total'" ptop --cum a.pb
refused "unknown option '--threshold', use '.*--ratio'" \
	pregress --threshold 2 a.pb b.pb
refused "no sample type 'heat'.*samples" ptop -s heat a.pb

# Only some tools have an option; the others do not know it.
refused "unknown option '--tree'" pconvert --tree a.pb
refused "unknown option '--merge'" ptop --merge a.pb
refused "unknown option '--title'" pdiff --title x a.pb b.pb

# Operands that look like options.
cp a.pb ./-n5
ptop a.pb | tail -n +2 >want
ptop -- -n5 | tail -n +2 >out
cmp -s want out
result $? "ptop -- -n5 does not read the file -n5"
ptop ./-n5 | tail -n +2 >out
cmp -s want out
result $? "ptop ./-n5 does not read the file -n5"
refused "cannot open 'no-such'" ptop no-such
refused "read once" ptop - -
ptop - <a.pb | tail -n +2 >out
cmp -s want out
result $? "ptop - is not the profile from standard input"
ptop <a.pb | tail -n +2 >out
cmp -s want out
result $? "ptop without operand is not the one of standard input"

# Values.
refused "takes .*, not 'sometimes'" ptop --color sometimes a.pb
refused "takes .*, not 'packages'" ptop -g packages a.pb
refused "takes .*, not 'label:'" ptop -g label: a.pb
refused "takes .*, not 'fortnight'" ptop --unit fortnight a.pb
refused "takes .*, not '0'" ptop --scale 0 a.pb
refused "takes .*, not '1/0'" ptop --scale 1/0 a.pb
refused "takes .*, not 'kernels'" ptop --kind kernels a.pb
refused "takes .*, not 'heavy'" ptop --sort heavy a.pb
refused "takes .*, not 'sometimes'" ptop --demangle sometimes a.pb
refused "takes .*, not '10'" pconvert -z10 a.pb
refused "takes .*, not 'big'" pconvert --compress=big a.pb
refused "takes .*, not '5'" pregress --min-share 5 a.pb b.pb
refused "takes .*, not '0.5'" pregress -x 0.5 a.pb b.pb
refused "takes .*, not 'nan'" pregress -x nan a.pb b.pb
refused "takes 20 to 100000" ptop --width 5 a.pb
refused "takes 20 to 100000" ptop --width 1000000000 a.pb
refused "sort" ptop --sort weight a.pb
refused "cannot write format 'no-such'" pconvert -t no-such a.pb
ends 0 ptop --max-mem 1GiB --max-input=10MB --max-depth none a.pb
ends 0 ptop --max-line 64MiB --max-strings 100000 --max-expansion none a.pb

# Forms: one to standard output, each further one to its file.
refused "only one form" ptop --tsv --json a.pb
ptop --json a.pb >want
ends 0 ptop --tsv --json=top.json --csv=top.csv a.pb
cmp -s top.json want
result $? "--json=FILE differs from --json"
[ -s top.csv ]
result $? "--csv=FILE was not written"
ends 0 ptop --json=top.json a.pb
says out TOTAL
ends 0 ptop -o top2.json a.pb
cmp -s top2.json want
result $? "-o FILE.json differs from --json"
refused "cannot open 'x.json'" ptop --json x.json

# Terminals: script(1) makes one.
if command -v script >/dev/null 2>&1 &&
    script -qec true /dev/null >/dev/null 2>&1 </dev/null; then
	for tool in pconvert ptop pdiff pflame pregress; do
		script -qec "$tool" /dev/null >out 2>&1 </dev/null
		[ $? = 2 ] && grep -q "usage: $tool" out
		result $? "$tool alone on a terminal: no usage"
	done
	script -qec 'pconvert a.pb' /dev/null >out 2>&1 </dev/null
	[ $? = 2 ] && grep -q 'to a terminal' out
	result $? "pconvert writes a profile to a terminal"
	script -qec 'pconvert -t folded a.pb' /dev/null >out 2>&1 </dev/null
	result $? "pconvert -t folded refuses a terminal"
else
	echo "options: terminal SKIP (script is not installed)"
fi

echo "options: $passed passed, $failed failed"
[ $failed = 0 ]
