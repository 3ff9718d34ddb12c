#!/bin/bash
# SPDX-License-Identifier: MIT
# Where pprof is wrong and we must not be.  Each test says what pprof prints
# (go tool pprof of Go 1.19 where no version is named) and compares ours with
# numbers that follow from the samples, which stand beside them.
set -u
# A case may change its folder.
BIN=$(cd "$BIN" && pwd) || exit 2
export PATH="$BIN:$PATH" LC_ALL=C
unset PROFKIT_OPTS NO_COLOR CLICOLOR_FORCE COLUMNS SOURCE_DATE_EPOCH
# shellcheck source=tests/result.sh
. "${0%/*}/result.sh"
mkdir -p "$TESTTMP"
dir=$(mktemp -d "$TESTTMP/defects.XXXXXX") || exit 2
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 2

# --- inputs -----------------------------------------------------------------

# Fields of profile.proto in hexadecimal digits.
varint()
{
	local v=$1 out=

	while [ $((v & ~127)) != 0 ]; do
		out+=$(printf %02x $((v & 127 | 128)))
		v=$((v >> 7 & 0x1ffffffffffffff))
	done
	printf '%s%02x' "$out" "$v"
}

# number FIELD VALUE
number()
{
	varint $(($1 << 3))
	varint "$2"
}

# message FIELD HEX
message()
{
	varint $(($1 << 3 | 2))
	varint $((${#2} / 2))
	printf %s "$2"
}

# text FIELD TEXT
text()
{
	message "$1" "$(printf %s "$2" | od -An -v -tx1 | tr -d ' \n')"
}

# Sets id to the number of a string of the table.
string()
{
	if [ -z "${ids[s$1]-}" ]; then
		ids[s$1]=$nstrings
		nstrings=$((nstrings + 1))
		strings+=$(text 6 "$1")
	fi
	id=${ids[s$1]}
}

# Sets id to that of a location with one line.
location()
{
	if [ -z "${ids[f$1]-}" ]; then
		string "$1"
		nlocations=$((nlocations + 1))
		ids[f$1]=$nlocations
		locations+=$(message 5 "$(number 1 $nlocations; number 2 "$id")"
			message 4 "$(number 1 $nlocations
			    message 4 "$(number 1 $nlocations)")")
	fi
	id=${ids[f$1]}
}

# label KEY:TEXT or KEY#NUMBER
label()
{
	local key

	string "${1%[:#]*}"
	key=$id
	case $1 in
	*'#'*)
		fields+=$(message 3 "$(number 1 "$key"; number 3 "${1#*#}")")
		;;
	*)
		string "${1#*:}"
		fields+=$(message 3 "$(number 1 "$key"; number 2 "$id")")
		;;
	esac
}

# profile "TYPE/UNIT ..." "FIELD=NUMBER ..." SAMPLE...: on standard output; a
# SAMPLE is "root;...;leaf VALUE,... LABEL ...".
profile()
{
	local -A ids=([s]=0)
	local nstrings=1 nlocations=0 id word stack values labels path fields
	local head='' samples='' locations='' strings

	strings=$(text 6 '')
	for word in $1; do
		string "${word%/*}"
		fields=$(number 1 "$id")
		string "${word#*/}"
		head+=$(message 1 "$fields$(number 2 "$id")")
	done
	for word in $2; do
		head+=$(number "${word%=*}" "${word#*=}")
	done
	shift 2
	while [ $# != 0 ]; do
		read -r stack values labels <<<"$1"
		shift
		path=
		for word in ${stack//;/ }; do
			location "$word"
			path=$(number 1 "$id")$path
		done
		fields=$path
		for word in ${values//,/ }; do
			fields+=$(number 2 "$word")
		done
		for word in $labels; do
			label "$word"
		done
		samples+=$(message 2 "$fields")
	done
	binary "$head$samples$locations$strings"
}

binary()
{
	# shellcheck disable=SC2059 # the digits are the format
	printf "$(printf %s "$1" | sed 's/../\\x&/g')"
}

# --- what our programs say --------------------------------------------------

# value COLUMN NAME COMMAND...: of the row NAME of a TSV table.
value()
{
	local column=$1 name=$2

	shift 2
	"$@" 2>err | awk -F'\t' -v column="$column" -v name="$name" '
	NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
	$at["name"] == name { print $at[column] }'
}

# is WANT WHAT GOT
is()
{
	[ "$1" = "$3" ]
	result $? "$2: '$3', not '$1'"
}

# ends STATUS COMMAND...
ends()
{
	local want=$1 rc

	shift
	"$@" >out 2>err </dev/null
	rc=$?
	is "$want" "status of $*" $rc
}

samples()
{
	pconvert -q -t dump "$@" | grep '^sample' | sort | tr '\t\n' '  '
}

# --- the defects ------------------------------------------------------------

# f was inlined in g at columns 5 and 9 of one line.  pprof of July 2026
# makes one sample of 3.
inlined_columns()
{
	local column

	for column in 5 9; do
		binary "$(message 1 "$(number 1 1; number 2 2)"
			message 2 "$(number 1 1; number 2 $((column / 4)))"
			message 4 "$(number 1 1; number 3 64
			    message 4 "$(number 1 1; number 2 7
				number 3 $column)"
			    message 4 "$(number 1 2; number 2 9
				number 3 1)")"
			message 5 "$(number 1 1; number 2 3)"
			message 5 "$(number 1 2; number 2 4)"
			for word in '' samples count f g; do
				text 6 "$word"
			done)" | pconvert -q - -o column$column.pb
	done
	is 'sample 1 sample 2 ' 'columns of inlined lines' \
	    "$(samples column5.pb column9.pb)"
}

# The microseconds of one file become nanoseconds.  pprof loses the 10
# samples of c, because only columns that change count as a value: 1.
scaled_zero()
{
	profile 'samples/count cpu/nanoseconds' '' 'main;b 1,1000' >ns.pb
	profile 'samples/count cpu/microseconds' '' 'main;c 10,0' \
	    'main;b 0,5' >us.pb
	is 'sample 1 6000 sample 10 0 ' 'a value of 0 is scaled' \
	    "$(samples ns.pb us.pb)"
	is 10 'samples without time' \
	    "$(value self c ptop --tsv -s samples ns.pb us.pb)"
}

# The earliest time that is known.  pprof: none where the second is unknown.
merged_time()
{
	local order

	profile samples/count 9=100 'main 1' >timed.pb
	profile samples/count '' 'main 1' >untimed.pb
	for order in 'timed.pb untimed.pb' 'untimed.pb timed.pb'; do
		# shellcheck disable=SC2086 # two files
		is 100 "time of $order" "$(pconvert -i --json $order |
		    sed -n 's/.*"time_ns": \([0-9]*\).*/\1/p')"
	done
}

# a: 1000 ns of 10, b: 50 ns of 2.  pprof -tree shows the edge main -> a as
# 1000ns, 1000.00% of a, and -tags x as 1us (95.24%).
mean()
{
	local mean=(ptop --mean --tsv)

	profile 'contentions/count delay/nanoseconds' '' \
	    'main;a 10,1000 k:x' 'main;b 2,50 k:y' >mean1.pb
	is 100 'mean of a' "$(value self a "${mean[@]}" mean1.pb)"
	is 25 'mean of b' "$(value self b "${mean[@]}" mean1.pb)"
	is 100 'mean of an edge to its caller' "$("${mean[@]}" --callers '^a$' \
	    mean1.pb | awk -F'\t' '$2 == "caller" { print $4 }')"
	is '100 25 ' 'mean of edges to callees' "$("${mean[@]}" --callees '^main$' \
	    mean1.pb | awk -F'\t' '$2 == "callee" { print $4 }' |
	    tr '\n' ' ')"
	is 'x 100 y 25 ' 'mean of labels' "$("${mean[@]}" --labels mean1.pb |
	    awk -F'\t' 'NR > 1 { print $2, $4 }' | tr '\n' ' ')"
}

# a: 1000 ns of 10, then of 20.  pprof -mean -diff_base divides a difference
# of 0 by one of 10: "0, 0% of -87ns total".
mean_of_diff()
{
	profile 'contentions/count delay/nanoseconds' '' \
	    'main;a 20,1000 k:x' 'main;b 2,50 k:y' >mean2.pb
	pdiff --mean -a --tsv mean1.pb mean2.pb >diff.tsv
	is '100 50 changed' 'difference of means of a' "$(awk -F'\t' \
	    '$6 == "a" { print $1, $2, $5 }' diff.tsv)"
	is '25 25 same' 'difference of means of b' "$(awk -F'\t' \
	    '$6 == "b" { print $1, $2, $5 }' diff.tsv)"
}

# A stack of 3 has lines 3, 4 and 3 of walk, one of 2 has line 3 above leaf,
# one of 1 has line 4.  pprof adds up the totals of lines: 4 and 9, 150.00%.
recursion_in_source()
{
	cat >walk.c <<-'END'
	int walk(int n)
	{
		int left = n > 0 ? walk(n - 1) : 0;
		return left + (n > 1 ? walk(n - 2) : leaf());
	}
	END
	binary "$(message 1 "$(number 1 1; number 2 2)"
		message 2 "$(number 1 1; number 1 2; number 1 1; number 2 3)"
		message 2 "$(number 1 3; number 1 1; number 2 2)"
		message 2 "$(number 1 2; number 2 1)"
		for word in 3 4; do
			message 4 "$(number 1 $((word - 2))
			    message 4 "$(number 1 1; number 2 "$word")")"
		done
		message 4 "$(number 1 3
		    message 4 "$(number 1 2; number 2 9)")"
		message 5 "$(number 1 1; number 2 3; number 4 4)"
		message 5 "$(number 1 2; number 2 5; number 4 4)"
		for word in '' samples count walk walk.c leaf; do
			text 6 "$word"
		done)" >walk.pb
	is '3 5 3 1 4 4 ' 'self and total of recursive lines' \
	    "$(ptop -q --tsv --list '^walk$' walk.pb | awk -F'\t' '
		NR > 1 && $2 > 0 { print $1, $2, $6 }' | tr '\n' ' ')"
	ptop -q --list '^walk$' walk.pb >out
	grep -q '^self 4 (66\.7%), total 6 (100\.0%)$' out
	result $? 'total of a recursive function in its source'
}

# foo 1000 to 1500, bar 100 to 0, baz 0 to 400.  pprof prints 9.09% for bar.
signs()
{
	profile cpu/nanoseconds 10=60000000000 'main;foo 1000' \
	    'main;bar 100' >base.pb
	profile cpu/nanoseconds 10=60000000000 'main;foo 1500' \
	    'main;baz 400' >new.pb
	pdiff -t pprof base.pb new.pb >diff.pb
	is -9.0909 'percentage of a decrease' "$(ptop --json diff.pb |
	    sed -n 's/.*"name": "bar".*"self_pct": \([-0-9.]*\).*/\1/p')"
	ptop diff.pb >out
	grep -q '^ *-100 ns  *-9\.1% .* bar$' out
	result $? 'a decrease has its sign in the table'
}

# a is gone, c is new, b and d are small.  The sum of all is 0, so that
# pprof -diff_base -nodefraction=0.05 leaves out nothing.
cutoffs()
{
	profile cpu/nanoseconds '' 'main;a 100000' 'main;b 1' >base2.pb
	profile cpu/nanoseconds '' 'main;c 100000' 'main;d 1' >new2.pb
	pdiff -t pprof base2.pb new2.pb >diff2.pb
	is '-100000 a 100000 c ' 'rows of 5% of the total shown' \
	    "$(ptop --min-share 5% --tsv diff2.pb |
	    awk -F'\t' 'NR > 1 { print $1, $4 }' | tr '\n' ' ')"
	is 'c a ' 'changes of 5%' "$(pdiff --min-share 5% --tsv base2.pb \
	    new2.pb | awk -F'\t' 'NR > 1 { print $6 }' | tr '\n' ' ')"
	is 1 'nodes of a picture' "$(pconvert -q -t dot --min-share 5% \
	    diff2.pb | grep -v '^N.*->' | grep -c '"c\\n')"
	is 0 'small nodes of a picture' "$(pconvert -q -t dot \
	    --min-share 5% diff2.pb | grep -v '^N.*->' | grep -c '"d\\n')"
}

# Two runs of a minute.  pprof: "Duration: 120s, Total samples = 1100ns".
duration()
{
	local side

	pdiff base.pb new.pb >out
	for side in A B; do
		grep -q "^$side = .* in 1 min wall" out
		result $? "duration of $side in a comparison"
	done
	is 60000000000 'duration of a difference' "$(pconvert -i --json \
	    diff.pb | sed -n 's/.*"duration_ns": \([0-9]*\).*/\1/p')"
}

# pprof: "gzip: invalid header", and "unrecognized profile format".
gzip_forms()
{
	{
		gzip -c base.pb
		head -c 512 /dev/zero
	} >padded.pb.gz
	gzip -c base.pb | gzip -c >twice.pb.gz
	is 1000 'gzip data with zero bytes behind' \
	    "$(value self foo ptop --tsv padded.pb.gz)"
	is 1000 'gzip in gzip' "$(value self foo ptop --tsv twice.pb.gz)"
}

# Two addresses of one line.  pprof -proto -lines keeps both locations.
granularity()
{
	binary "$(message 1 "$(number 1 1; number 2 2)"
		message 2 "$(number 1 1; number 2 3)"
		message 2 "$(number 1 2; number 2 4)"
		for word in 1 2; do
			message 4 "$(number 1 "$word"
			    number 3 $((word * 64))
			    message 4 "$(number 1 1; number 2 7)")"
		done
		message 5 "$(number 1 1; number 2 3; number 4 4)"
		for word in '' samples count f f.c; do
			text 6 "$word"
		done)" >addresses.pb
	is 'sample 3 sample 4 ' 'addresses as they are' \
	    "$(samples addresses.pb)"
	is 'sample 7 ' 'a line for two addresses' \
	    "$(samples -g line addresses.pb)"
	[ "$(pconvert --compress=none -g line addresses.pb | wc -c)" -lt \
	    "$(pconvert --compress=none addresses.pb | wc -c)" ]
	result $? 'a profile of lines is smaller'
}

# Labels of 1, 1.5 and 2 MiB.  pprof takes 1.5mb for a pattern: no samples.
decimals()
{
	profile space/bytes '' 'main;a 1 bytes#1048576' \
	    'main;b 2 bytes#1572864' 'main;c 4 bytes#2097152' >sizes.pb
	is 2 'one size' \
	    "$(value total main ptop --tsv --tagfocus 1.5mb sizes.pb)"
	is 6 'a size or more' \
	    "$(value total main ptop --tsv --tagfocus 1.5mb: sizes.pb)"
	is 3 'sizes between' \
	    "$(value total main ptop --tsv --tagfocus 0.9mb:1.6mb sizes.pb)"
	is 5 'other sizes' \
	    "$(value total main ptop --tsv --tagignore 1.5mb sizes.pb)"
}

# An address without a name.  pprof: "Show expression matched no samples",
# 0 of 5.
show_unnamed()
{
	binary "$(message 1 "$(number 1 1; number 2 2)"
		message 2 "$(number 1 1; number 2 5)"
		message 4 "$(number 1 1; number 3 4096)"
		for word in '' samples count; do
			text 6 "$word"
		done)" >unnamed.pb
	is 5 'frames without a name' \
	    "$(value self 0x1000 ptop --tsv --show . unnamed.pb)"
}

# pprof: "open -: no such file", and of /dev/stdin "unrecognized profile
# format", unless it is a file.
pipes()
{
	# shellcheck disable=SC2002 # the pipe is what is tested
	is 1000 'a pipe' "$(cat base.pb | value self foo ptop --tsv)"
	# shellcheck disable=SC2002
	is 1000 'a pipe called -' \
	    "$(cat base.pb | value self foo ptop --tsv -)"
	# shellcheck disable=SC2002
	is 1000 'a pipe called /dev/stdin' \
	    "$(cat base.pb | value self foo ptop --tsv /dev/stdin)"
	is 400 'a filter before a comparison' "$(pconvert base.pb |
	    value self_new baz pdiff --tsv - new.pb)"
}

# pprof: status 0, with the rest of the files, or of the table.
statuses()
{
	ends 2 ptop base.pb missing.pb
	ends 3 ptop -k base.pb missing.pb
	ends 3 ptop --focus nothing base.pb
	ends 3 ptop --tagfocus nothing base.pb
	ends 3 pconvert -t folded --hide nothing base.pb
	ends 0 ptop --focus foo base.pb
}

inlined_columns
scaled_zero
merged_time
mean
mean_of_diff
recursion_in_source
signs
cutoffs
duration
gzip_forms
granularity
decimals
show_unnamed
pipes
statuses
echo "defects: $passed passed, $failed failed"
[ $failed = 0 ]
