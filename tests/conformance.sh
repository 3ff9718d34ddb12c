#!/bin/bash
# SPDX-License-Identifier: MIT
# Compare our numbers with those of the tools that own the formats: exactly
# with testdata/*/*.want.tsv, and, where PROFKIT_CORPUS names a folder of
# more recordings, with the reports that lie beside them there.
set -u
# A case may change its folder.
BIN=$(cd "$BIN" && pwd) || exit 2
export PATH="$BIN:$PATH" LC_ALL=C
unset PROFKIT_OPTS NO_COLOR CLICOLOR_FORCE COLUMNS SOURCE_DATE_EPOCH
# shellcheck source=tests/result.sh
. "${0%/*}/result.sh"
mkdir -p "$TESTTMP"
dir=$(mktemp -d "$TESTTMP/conformance.XXXXXX") || exit 2
trap 'rm -rf "$dir"' EXIT
tab=$'\t'

# The total that --json states: the first key "total" of the document.
json_total()
{
	sed -n 's/^ *"total": *\(-\{0,1\}[0-9]*\).*/\1/p' | head -n 1
}

json_unit()
{
	sed -n 's/^ *"unit": *"\([^"]*\)".*/\1/p' | head -n 1
}

# rows TYPE FILE: self, total and name of each function, names unescaped.
rows()
{
	ptop -q -g name -a --tsv -s "$1" "$2" |
	    awk -F'\t' 'NR > 1 { gsub(/\\\\/, "\\", $4)
		print $1 "\t" $2 "\t" $4 }'
}

# exact WANT FILE: every type that WANT has.
exact()
{
	local type total
	while read -r type; do
		rows "$type" "$2" | sort >"$dir/ours"
		awk -F'\t' -v type="$type" '$1 == type && $4 != "TOTAL" {
		    print $2 "\t" $3 "\t" $4 }' "$1" | sort >"$dir/want"
		cmp -s "$dir/want" "$dir/ours"
		result $? "$2: rows of $type" ||
		    diff "$dir/want" "$dir/ours" | head -n 5
		total=$(awk -F'\t' -v type="$type" '$1 == type &&
		    $4 == "TOTAL" { print $2 }' "$1")
		[ -n "$total" ] || continue
		[ "$(ptop -q --json -s "$type" "$2" | json_total)" = \
		    "$total" ]
		result $? "$2: total of $type"
	done < <(cut -f1 "$1" | sed 1d | sort -u)
}

# Edges as testdata/pstats/want.py writes them: numbers, caller, callee.
pstats_rows()
{
	pconvert -q -t dump "$1" | awk -F'\t' '
	function key(    i, name, file, start)
	{
		name = $2
		gsub(/\\\\/, "\\", name)
		start = 0
		for (i = 3; i <= NF; i++) {
			if ($i ~ /^file=/)
				file = substr($i, 6)
			if ($i ~ /^start=/)
				start = substr($i, 7)
		}
		if (file == "" && name ~ /^[{[].*[]}]$/)
			return name
		return file ":" start "(" name ")"
	}
	function row()
	{
		if (callee != "" && callee !~ /^\[rounding\]/)
			print numbers "\t" caller "\t" callee
		caller = callee = ""
	}
	$1 == "edge" { row(); numbers = $2 "\t" $3 "\t" $4 "\t" $5 }
	$1 == "  caller" { caller = key() }
	$1 == "  callee" { callee = key() }
	END { row() }'
}

# The profile module counts calls between functions and times none.
# shellcheck disable=SC2016 # the expressions are for awk
pstats_file()
{
	local only='{ print }' calls=''
	case $2 in
	*callers* | *callees*) only='$5 != ""' ;;
	*_stats.*) only='$5 == ""' ;;
	esac
	case $2 in
	*/p[0-9]*) calls='$5 != "" { $2 = $3 = $4 = "" }' ;;
	esac
	awk -F'\t' -v OFS='\t' "$only" "$1" | sort >"$dir/want"
	pstats_rows "$2" | awk -F'\t' -v OFS='\t' "$calls"' { print }' |
	    awk -F'\t' -v OFS='\t' "$only" | sort >"$dir/ours"
	[ -s "$dir/want" ] && cmp -s "$dir/want" "$dir/ours"
	result $? "$2: rows" || diff "$dir/want" "$dir/ours" | head -n 5
}

pstats_in_repository()
{
	local want file
	for want in "$TESTDATA"/pstats/*.want.tsv; do
		want=${want%.want.tsv}
		for file in "$want".pstats.txt "$want"_stats.pstats.txt \
		    "$want"_callers.pstats.txt "$want"_callees.pstats.txt; do
			[ ! -e "$file" ] || pstats_file "$want.want.tsv" "$file"
		done
	done
}

# FILE.expect.txt: all calls, primitive ones, own and cumulative seconds and
# key of each function, against what Python prints of the same file.
pstats_expect()
{
	python3 -c 'import pstats, sys
pstats.Stats(sys.argv[1]).print_stats()' "$1" >"$dir/report" || return
	awk -F'\t' -v OFS='\t' 'NF == 5 {
		sub(/^~:0\(</, "{", $5) && sub(/>\)$/, "}", $5)
		$3 = sprintf("%.3f", $3) * 1000 * 1000000
		$4 = sprintf("%.3f", $4) * 1000 * 1000000
		printf "%s\t%s\t%.0f\t%.0f\t\t%s\n", $1, $2, $3, $4, $5
	    }' "$1.expect.txt" | sort >"$dir/want"
	pstats_rows "$dir/report" | sort >"$dir/ours"
	[ -s "$dir/want" ] && cmp -s "$dir/want" "$dir/ours"
	result $? "$1: rows as printed" ||
	    diff "$dir/want" "$dir/ours" | head -n 5
}

# Printed reports beside the file they are of.
pstats_in_corpus()
{
	local file prof
	if ! python3 -c 'import pstats' 2>/dev/null; then
		echo "conformance: pstats SKIP (there is no python3)"
		return
	fi
	for file in "$1"/python/*.print_*.txt; do
		prof=${file%.print_*}.prof
		[ -e "$prof" ] || prof=${file%.print_*}.marshal4.prof
		python3 "$TESTDATA/pstats/want.py" "$prof" "$dir/want.tsv" \
		    2>"$dir/report" || {
			echo "conformance: $file SKIP (another Python's)"
			continue
		}
		pstats_file "$dir/want.tsv" "$file"
	done
	for file in $(find "$1/python" -name '*.prof.expect.txt' | sort); do
		pstats_expect "${file%.expect.txt}"
	done
}

# perf_rows WANT FILE: numbers of perf's own engine.  Names of frames without
# a symbol differ.  perf prints a host before its inlined frames again where
# it has no name for the innermost: its self value is then that of the next.
perf_rows()
{
	local type columns=1-4
	! grep -q '(inlined)$' "$2" || columns=1,3,4
	while read -r type; do
		rows "$type" "$2" | sed "s/^/$type$tab/;s/<unknown>$/[unknown]/"
	done < <(cut -f1 "$1" | sed 1d | sort -u) |
	    cut -f$columns | sort >"$dir/ours"
	awk -F'\t' 'NR > 1 && $4 != "TOTAL"' "$1" | cut -f$columns | sort \
	    >"$dir/want"
	cmp -s "$dir/want" "$dir/ours"
	result $? "$2: rows" || diff "$dir/want" "$dir/ours" | head -n 5
	perf_totals "$2" <"$1"
}

# perf_totals FILE: the TOTAL rows of standard input.
perf_totals()
{
	local type total
	while IFS=$tab read -r type total; do
		total_is "$1" "$type" "$total"
	done < <(awk -F'\t' -v OFS='\t' '$4 == "TOTAL" { print $1, $2 }')
}

in_repository()
{
	local want file
	for want in "$TESTDATA"/*/*.want.tsv "$TESTDATA"/*/*/*.want.tsv; do
		for file in "${want%.want.tsv}".{pb.gz,pb,folded}; do
			[ -e "$file" ] || continue
			exact "$want" "$file"
		done
		file=${want%.want.tsv}.prof
		[ ! -e "$file" ] || prof_file "$want" "$file"
		file=${want%.want.tsv}.txt
		[ ! -e "$file" ] || perf_rows "$want" "$file"
	done
}

# The rows of a .prof as testdata/cprofile/want.py has them.
prof_rows()
{
	pconvert -q -t dump "$1" | awk -F'\t' '
	function shown(    i, file, line)
	{
		line = 0
		for (i = 3; i <= NF; i++)
			if (sub(/^file=/, "", $i))
				file = $i
			else if (sub(/^start=/, "", $i))
				line = $i
		if (file == "" && line == 0 && ($2 ~ /^{.*}$/ || !profile))
			return $2
		return file ":" line "(" $2 ")"
	}

	$1 == "edge_type" {
		known[++types] = $5 == "exact"
		profile = $5 != "exact"
	}
	$1 == "edge" {
		for (i = 1; i <= 4; i++)
			v[i] = $(i + 1)
		caller = "-"
	}
	$1 == "  caller" { caller = shown() }
	$1 == "  callee" && $2 !~ /^\[lost: / {
		for (i = 1; i <= 4; i++)
			printf "%s\t", caller == "-" || known[i] ? v[i] : "-"
		print caller "\t" shown()
	}' | sort
}

# prof_file WANT FILE: each function, and each of its callers, like pstats.
prof_file()
{
	prof_rows "$2" >"$dir/ours"
	cmp -s "$1" "$dir/ours"
	result $? "$2: rows of pstats" || diff "$1" "$dir/ours" | head -n 5
	pconvert -q "$2" -o "$dir/again.prof" &&
	    prof_rows "$dir/again.prof" | cmp -s "$1" -
	result $? "$2: rows of what we write"
}

# Files of profile hold code objects, which only the Python that wrote them
# can load, and none but Python 2 loads its own: PROFKIT_PYTHONS lists some.
prof_corpus()
{
	local python
	for python in ${PROFKIT_PYTHONS-python3}; do
		"$python" "$TESTDATA/cprofile/want.py" "$1" >"$dir/want" \
		    2>"$dir/err" || continue
		prof_file "$dir/want" "$1"
		return
	done
	echo "conformance: $1: SKIP (no Python here loads it)"
}

# Rows of a pprof -top report against ours.  A number is as exact as it is
# printed: two decimals of its unit.  We may have no other rows.
compare_top()
{
	awk -F'\t' -v base="$1" '
	function known(names, size,    n, i, word)
	{
		n = split(names, word, " ")
		for (i = 1; i <= n; i++)
			factor[word[i]] = size
	}

	BEGIN {
		factor[""] = 1
		known("count ns nanoseconds B bytes", 1)
		known("us microseconds", 1000)
		known("ms milliseconds", 1000000)
		known("s seconds", 1000000000)
		known("mins minutes", 60000000000)
		known("hrs hours", 3600000000000)
		known("kB", 1024)
		known("MB", 1048576)
		known("GB", 1073741824)
	}

	function differs(printed, ours,    unit, f, d)
	{
		unit = printed
		sub(/^-?[0-9.]+/, "", unit)
		f = factor[unit]
		if (unit != "" && base in factor)
			f /= factor[base]
		d = printed * f - ours
		if (d < 0)
			d = -d
		return f == 1 ? d != 0 : d > f * 0.005001
	}

	function complain(text)
	{
		if (bad++ < 5)
			print "  " text
	}

	FNR == NR { self[$3] = $1; total[$3] = $2; next }
	/^ *flat +flat%/ { inside = 1; next }
	!inside { next }
	{
		split($0, word, " ")
		name = $0
		sub(/^ *([^ ]+ +)([^ ]+ +)([^ ]+ +)([^ ]+ +)[^ ]+  /, "",
		    name)
		sub(/ \((partial-)?inline\)$/, "", name)
		seen[name] = 1
		if (!(name in self)) {
			# pprof shows functions whose values cancel out.
			if (differs(word[1], 0) || differs(word[4], 0))
				complain("missing: " name)
		} else if (differs(word[1], self[name]) ||
		    differs(word[4], total[name])) {
			complain(name ": " word[1] " " word[4] ", not " \
			    self[name] " " total[name])
		}
	}
	END {
		for (name in self)
			if (!(name in seen))
				complain("too many: " name)
		exit bad > 0 || !inside
	}' "$dir/ours" "$dir/report"
}

# top_report TYPE FILE: the report is in $dir/report.
top_report()
{
	local unit
	rows "$1" "$2" >"$dir/ours"
	unit=$(ptop -q --json -s "$1" "$2" | json_unit)
	compare_top "$unit"
	result $? "$2: report of $1"
}

# FILE.expect.txt: one "-top -cum" report of all rows for each type.
expect_txt()
{
	local type
	while read -r type; do
		awk -v type="$type" '/^## / {
		    on = / all nodes/ && $2 == "sample_index=" type ":" }
		    on' \
		    "$1.expect.txt" >"$dir/report"
		top_report "$type" "$1"
	done < <(sed -n 's/^## sample_index=\([^:]*\):.* all nodes.*/\1/p' \
	    "$1.expect.txt")
}

# All of pprof's own test reports.  The script prints its own numbers, which
# are counted beside ours.
golden=0
golden_reports()
{
	if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 9))' \
	    2>/dev/null; then
		echo "conformance: pprof's reports SKIP (there is no python3)"
		return
	fi
	export PYTHONDONTWRITEBYTECODE=1
	python3 "${0%/*}/golden.py" --self-test "$1" >"$dir/report"
	result $? "$(cat "$dir/report")"
	python3 "${0%/*}/golden.py" "$1" || golden=1
}

# Another way to the same numbers: collapsed stacks summed up by awk.
sum_folded()
{
	awk '
	function strip(s)
	{
		sub(/_\[[kji01]\]$/, "", s)
		return s
	}
	/^#/ || !/ [0-9]+$/ { next }
	{
		value = $NF
		sub(/ +[0-9]+$/, "")
		n = split($0, raw, ";")
		k = 0
		split("", once)
		for (i = 1; i <= n; i++) {
			if (raw[i] == "")
				continue
			leaf = strip(raw[i])
			k++
			if (!(leaf in once))
				total[leaf] += value
			once[leaf] = 1
		}
		self[k ? leaf : "[root]"] += value
		if (!k)
			total["[root]"] += value
	}
	END {
		for (name in total)
			if (total[name] != 0)
				printf "%.0f\t%.0f\t%s\n", self[name],
				    total[name], name
	}' "$1" | sort
}

folded_file()
{
	sum_folded "$1" >"$dir/want"
	rows samples "$1" | sort >"$dir/ours"
	[ -s "$dir/want" ] && cmp -s "$dir/want" "$dir/ours"
	result $? "$1: rows" || diff "$dir/want" "$dir/ours" | head -n 5
}

# total_is FILE TYPE TOTAL: what the recording tool said at its end.
total_is()
{
	[ "$(ptop -q --json -s "$2" "$1" | json_total)" = "$3" ]
	result $? "$1: total of $2 is not $3"
}

# Only the functions that one side lacks may be new or gone.
new_and_gone()
{
	pdiff -q -a --tsv -g name "$1" "$2" >"$dir/diff" || {
		result 1 "pdiff $1 $2"
		return
	}
	rows cpu "$1" | cut -f3 | sort >"$dir/one"
	rows cpu "$2" | cut -f3 | sort >"$dir/two"
	comm -23 "$dir/one" "$dir/two" | sed 's/^/gone\t/' >"$dir/want"
	comm -13 "$dir/one" "$dir/two" | sed 's/^/new\t/' >>"$dir/want"
	awk -F'\t' '$5 == "gone" || $5 == "new" { print $5 "\t" $6 }' \
	    "$dir/diff" | sort >"$dir/ours"
	sort "$dir/want" | cmp -s - "$dir/ours"
	result $? "pdiff $1 $2: new and gone rows"
}

# FILE.fgfolded: what stackcollapse-perf.pl made of it, but for its
#   - first frame, the comm (--root none is without): blanks became "_"
#   - blank at the end of an unknown name
#   - names, which it cuts at the first parenthesis (ours are whole)
#   - "(/memfd:x (deleted))", where it does not see the module
perf_folded()
{
	pconvert -q -t folded --root none "$1" 2>"$dir/report" |
	    sed -E 's/\[memfd:[^];]*\]/[unknown]/g
		s/(^|;)([^;(]*[^;(.])\([^;]*(;| [0-9]+$)/\1\2\3/g
		s/(^|;)([^;(]*[^;(.])\([^;]*(;| [0-9]+$)/\1\2\3/g' |
	    sum_lines >"$dir/ours"
	sed -E 's/^[^;]*;//;s/\[unknown\] ;/[unknown];/g' "$1.fgfolded" |
	    sum_lines >"$dir/want"
	[ -s "$dir/want" ] && cmp -s "$dir/want" "$dir/ours"
	result $? "$1: folded" || diff "$dir/want" "$dir/ours" | head -n 5
}

# Lines that read alike are one.
sum_lines()
{
	awk '{ v = $NF; sub(/ [0-9]+$/, ""); sum[$0] += v }
		END { for (s in sum) printf "%s %.0f\n", s, sum[s] }' | sort
}

# FILE.expect.txt of perf: total and samples of each event, and children and
# self in percent.  A report sorts by symbol and kind, so that rows of one
# name are summed; two decimals of each are printed.
perf_report()
{
	local type total
	sed -n "s/^# Event count (approx.): //p;s/^# Samples: .* of event '\(.*\)'/E \1/p" \
	    "$1.expect.txt" | awk '/^E / { type = $2; next }
		!(type in seen) { seen[type] = 1; print type "\t" $0 }' \
	    >"$dir/totals"
	while IFS=$tab read -r type total; do
		total_is "$1" "$type" "$total"
		rows "$type" "$1" >"$dir/ours"
		perf_percent "$1" "$type" "$total"
	done <"$dir/totals"
}

perf_percent()
{
	awk -v type="$2" '/^##### --children/ { on = 1 }
		/^# Samples: / { here = $NF == "\047" type "\047" }
		on && here && /^ +[0-9.]+% +[0-9.]+% /' "$1.expect.txt" \
	    >"$dir/report"
	awk -F'\t' -v total="$3" -v inlined="$(grep -c '(inlined)$' "$1")" '
	NR == FNR { self[$3] += $1; cum[$3] += $2; next }
	{
		split($0, word, " ")
		name = $0
		sub(/^ *[^ ]+ +[^ ]+ +[0-9]+ +\[.\] /, "", name)
		sub(/ +\(inlined\)$/, "", name)
		sub(/ +$/, "", name)
		if (name ~ /^0x|^\[unknown\]|^0000/)
			next
		c[name] += word[1]
		s[name] += word[2]
		n[name]++
	}
	function far(a, b, times)
	{
		return a - b > .00501 * times || b - a > .00501 * times
	}
	END {
		for (name in c) {
			# Rows of one name overlap where it recurs.
			if (n[name] > 1)
				continue
			# With DWARF, script prints the function of the line
			# for some symbols that report has.
			if (inlined && !(name in cum))
				continue
			x = cum[name] * 100 / total
			y = self[name] * 100 / total
			if (far(c[name], x, 1) ||
			    (!inlined && far(s[name], y, 1))) {
				bad++
				print "  " name ": " c[name] " " s[name]
			}
			seen++
		}
		exit bad > 0
	}' "$dir/ours" "$dir/report"
	result $? "$1: report of $2"
}

perf_corpus()
{
	local c=$1 file
	for file in $(find "$c" -name '*.perf.txt' -o \
	    -path '*/perf/variants/*.txt' -o -path '*/perfscript/*.txt' \
	    -o -name 'perf.script.txt' -o -name '*__test__perf-*.txt' |
	    sort); do
		ptop -q "$file" >"$dir/ours" 2>&1
		result $? "$file: not read"
		[ ! -e "$file.fgfolded" ] || perf_folded "$file"
		[ ! -e "$file.expect.txt" ] || perf_report "$file"
	done
}

in_corpus()
{
	local c=$1 file
	for file in $(find "$c" -name '*.pb.gz' | sort); do
		ptop -q "$file" >"$dir/ours" 2>&1
		result $? "$file: not read"
		[ ! -e "$file.expect.txt" ] || expect_txt "$file"
	done
	[ ! -e "$c/pprof-golden/MANIFEST.tsv" ] ||
	    golden_reports "$c/pprof-golden"
	for file in $(find "$c" -name '*.folded' -o -name '*.collapsed' \
	    -o -name '*collapsed*.txt' | sort); do
		if grep -q '[^;] (\|^#' "$file"; then
			ptop -q "$file" >"$dir/ours" 2>&1
			result $? "$file: not read"
		else
			folded_file "$file"
		fi
	done
	for file in $(find "$c/python" "$c/public" -name '*.prof' -o \
	    -name '*.pstats' | sort); do
		prof_corpus "$file"
	done
	[ ! -d "$c/python" ] || pstats_in_corpus "$c"
	perf_corpus "$c"
	file=$c/heaptrack/cwork.zst.allocs.folded
	[ ! -e "$file" ] || total_is "$file" samples 20013
	file=$c/php/work.excimer.folded
	[ ! -e "$file" ] || total_is "$file" samples 107
	if [ -e "$c/go/ab/work_v2.1.cpu.pb.gz" ]; then
		new_and_gone "$c/go/ab/work_v1.1.cpu.pb.gz" \
		    "$c/go/ab/work_v2.1.cpu.pb.gz"
	fi
}

in_repository
pstats_in_repository
if [ -n "${PROFKIT_CORPUS-}" ] && [ -d "$PROFKIT_CORPUS" ]; then
	in_corpus "$PROFKIT_CORPUS"
else
	echo "conformance: corpus SKIP (PROFKIT_CORPUS is not set)"
fi
echo "conformance: $passed passed, $failed failed"
[ $failed = 0 ] && [ $golden = 0 ]
