#!/bin/bash
# SPDX-License-Identifier: MIT
# Bad inputs against the real programs.  Whatever comes in, a program ends in
# time and in bounded memory with status 0 to 3; an error names the program
# and the input, in one line; nothing out of an input acts on a terminal.
# GEN is the program made of hostile_gen.c.
set -u
# A case may change its folder.
BIN=$(cd "$BIN" && pwd) || exit 2
export PATH="$BIN:$PATH" LC_ALL=C
unset PROFKIT_OPTS NO_COLOR CLICOLOR_FORCE COLUMNS SOURCE_DATE_EPOCH
GEN=${GEN-$BIN/../tests/hostile_gen}
passed=0
failed=0
mkdir -p "$TESTTMP"
dir=$(mktemp -d "$TESTTMP/hostile.XXXXXX") || exit 2
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 2
# Where messages of the program under test go, outside its folder.
mkdir in
out=$dir/out
err=$dir/err
seeds=1000
memory=1000000
limit=10
if grep -q __asan_init "$BIN/ptop"; then
	seeds=100
	memory=unlimited	# a sanitizer maps far more than it uses
	limit=60
fi

result()
{
	if [ "$1" = 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAILED: $2"
		head -c 300 "$err" | head -n 3 | tr -c '[:print:]\n' '?' |
		    sed 's/^/  /'
	fi
}

# Only what is printable, tabs and line ends; UTF-8 may be anything.
printable()
{
	[ "$(tr -d '\11\12\40-\176\200-\377' <"$1" | head -c 1 | wc -c)" = 0 ]
}

# Every line of the messages is one of the tool.
only_messages()
{
	! grep -qv "^$1: " "$err"
}

# run STATUSES COMMAND...: in the folder of inputs, with the limits.
run()
{
	local want=$1 rc
	shift
	(
		cd in || exit 99
		ulimit -v $memory
		ulimit -n "${descriptors-1024}"
		ulimit -s "${stack-8192}"
		exec timeout $limit "$@"
	) >"$out" 2>"$err" <"${input-/dev/null}"
	rc=$?
	case " $want " in
	*" $rc "*) ;;
	*)
		result 1 "$what: $*: status $rc, not $want"
		return 1
		;;
	esac
	only_messages "$1"
	result $? "$what: $*: a message that is not of $1"
	printable "$err"
	result $? "$what: $*: control characters in a message"
	case " $* " in
	*" -t pprof "* | *" -o "*) ;;
	*)
		printable "$out"
		result $? "$what: $*: control characters in the output"
		;;
	esac
}

# error NAME COMMAND...: status 2, nothing printed, NAME in the last message.
error()
{
	local name=$1
	shift
	run 2 "$@" || return
	[ ! -s "$out" ] && tail -n 1 "$err" | grep -qF -e "$name"
	result $? "$what: $*: no message about '$name', or output"
}

# Files in the folder of inputs, given by their names, one row of the table.
bad()
{
	local file
	for file; do
		error "$file" ptop "$file"
		error "$file" pconvert -t folded "$file"
		error "$file" pflame "$file"
	done
	error "$1" pdiff /dev/null "$1"
	error "$1" pregress "$1" /dev/null
}

good()
{
	local file
	for file; do
		run 0 ptop -a "$file"
		run 0 ptop --json "$file"
		run 0 pconvert -t dump "$file"
		run 0 pflame "$file"
		run 0 pflame --term "$file"
		run 0 pdiff "$file" "$file"
	done
}

# Either is right; what is not is to crash, hang, or fill the memory.
either()
{
	local file
	for file; do
		run '0 2' ptop "$file"
		run '0 2' pconvert -t folded "$file"
		run '0 2' pflame "$file"
		run '0 2' pflame --term --flamechart "$file"
	done
}

warned()
{
	local text=$1 file
	shift
	for file; do
		run 0 ptop -a "$file"
		grep -q -e "$text" "$err"
		result $? "$what: $file: no warning '$text'"
		run 0 pconvert -t dump "$file"
	done
}

shows()
{
	grep -q -e "$1" "$out"
	result $? "$what: '$1' is not shown"
}

says()
{
	grep -q -e "$1" "$err"
	result $? "$what: '$1' is not said"
}

any_format()
{
	local i
	what='no bytes'
	input=/dev/null
	for i in ptop pconvert pflame 'pdiff in/some -' 'pregress - in/some'; do
		# shellcheck disable=SC2086 # operands
		error 'standard input' ${i//in\//}
	done
	unset input
	what='no bytes, allowed'
	: >in/empty
	for i in ptop 'pconvert -t folded' pflame 'pdiff some'; do
		# shellcheck disable=SC2086
		run 0 $i --allow-empty empty
		# shellcheck disable=SC2086
		run 0 $i /dev/null
	done
	what='one byte'
	for i in {0..255}; do
		# shellcheck disable=SC2059 # the format is the byte
		printf "\\x$(printf %02x "$i")" >in/"byte.$i"
	done
	error 'no input' pconvert --check -k byte.{0..255}
	[ "$(grep -c ' (skipped)$' "$err")" = 256 ]
	result $? "one byte: some are taken for profiles"
	what='random bytes'
	for ((i = 1; i <= seeds; i++)); do
		"$GEN" random $i 65536 >in/random.$((i % 100))
		[ $((i % 100)) = 0 ] || continue
		error 'no input' pconvert --check -k random.{0..99}
		[ "$(grep -c ' (skipped)$' "$err")" = 100 ]
		result $? "random bytes: some are taken for profiles"
	done
	rm -f in/random.* in/byte.*
}

no_files()
{
	what='no such file'
	bad missing
	what='a folder'
	mkdir in/folder
	bad folder
	what='no permission'
	cp in/some in/secret
	chmod 0 in/secret
	if [ "$(id -u)" != 0 ]; then
		bad secret
	fi
	rm -f in/secret
	what='a FIFO'
	mkfifo in/fifo
	cat in/some >in/fifo &
	run 0 ptop fifo
	wait
	rm in/fifo
	what=/dev/zero
	error /dev/zero ptop /dev/zero
	error /dev/zero ptop -f folded /dev/zero
	error /dev/zero ptop -f pprof /dev/zero
	what=/dev/urandom
	error /dev/urandom ptop /dev/urandom
	what='a name that acts'
	cp in/some in/$'\033[31m\nred'
	run 0 ptop $'\033[31m\nred'
	echo x >in/$'\033[31m\nbad'
	run 2 ptop $'\033[31m\nbad'
	what='closed streams'
	ptop - <&- >"$out" 2>"$err"
	[ $? = 2 ] && only_messages ptop
	result $? "closed standard input: status 2 and a message are due"
	ptop in/some >&- 2>"$err"
	[ $? = 2 ] && only_messages ptop
	result $? "closed standard output: status 2 and a message are due"
	ptop in/some >/dev/full 2>"$err"
	[ $? = 2 ] && only_messages ptop
	result $? "/dev/full: status 2 and a message are due"
	ptop in/bad 2>&-
	[ $? = 2 ]
	result $? "closed standard error: status 2 is due"
}

text_forms()
{
	what='byte order marks'
	printf '\xef\xbb\xbfmain;f 5\n' >in/utf8
	printf '\xff\xfem\0;\0f\0 \0005\0\n\0' >in/utf16le
	printf '\xfe\xff\0m\0;\0f\0 \0005\0\n' >in/utf16be
	good utf8 utf16le utf16be
	run 0 ptop --tsv utf16be
	shows '^5	5		f	'
	printf '\xff\xfeh\0e\0l\0l\0o\0\n\0' >in/hello16
	printf '\xff\xfem\0;\0f\0 \0005\0\n' >in/half16
	bad hello16 half16
	what='line ends'
	printf 'm;f 5\r\nm;g 6\r\n' >in/crlf
	printf 'm;f 5\nm;g 6' >in/unended
	good crlf unended
	run 0 ptop --tsv crlf
	shows '^5	5		f	'
	printf 'm;f 5\rm;g 6\r' >in/cr
	either cr
}

shrinking_file()
{
	what='a file that shrinks'
	local i
	for i in {1..20000}; do echo "main;f$i;g 5"; done >in/shrinks
	(for i in {1..40}; do
		: >in/shrinks
		for j in {1..2000}; do echo "main;f$j;g 5"; done >>in/shrinks
	done) &
	for i in {1..10}; do
		run '0 2' pconvert -t folded shrinks
	done
	wait
	rm in/shrinks
}

gzip_forms()
{
	local i n
	what='gzip cut at each byte'
	printf 'main;f 5\nmain;g;h 7\n' | gzip -n >in/small.gz
	n=$(wc -c <in/small.gz)
	for ((i = 0; i < n; i++)); do
		head -c $i in/small.gz >in/cut.$i
	done
	error 'no input' pconvert --check -k $(seq -f 'cut.%g' 0 $((n - 1)))
	[ "$(grep -c ' (skipped)$' "$err")" = "$n" ]
	result $? "cut gzip is taken for a profile"
	rm -f in/cut.*
	pconvert -o in/p.pb.gz in/pprof.pb
	n=$(wc -c <in/p.pb.gz)
	for ((i = 0; i < n; i++)); do
		head -c $i in/p.pb.gz >in/cut.$i
	done
	error 'no input' pconvert --check -k $(seq -f 'cut.%g' 0 $((n - 1)))
	[ "$(grep -c ' (skipped)$' "$err")" = "$n" ]
	result $? "cut gzip of pprof is taken for a profile"
	rm -f in/cut.*
	what='wrong checksum and size'
	n=$(wc -c <in/small.gz)
	{ head -c $((n - 8)) in/small.gz; printf 'wxyz'
	    tail -c 4 in/small.gz; } >in/crc.gz
	{ head -c $((n - 4)) in/small.gz; printf '\1\0\0\0'; } >in/isize.gz
	bad crc.gz isize.gz
	what='members and padding'
	cat in/small.gz in/small.gz >in/two.gz
	good two.gz
	run 0 ptop --tsv two.gz
	shows '^10	10		f	'
	{ cat in/small.gz; head -c 1000 /dev/zero; } >in/padded.gz
	warned 'zero bytes behind' padded.gz
	{ cat in/small.gz; echo garbage; } >in/garbage.gz
	{ cat in/small.gz; head -c 1000 /dev/zero; echo x; } >in/late.gz
	bad garbage.gz late.gz
	: | gzip -n >in/none.gz
	for i in {1..100}; do cat in/none.gz; done >in/hundred.gz
	for i in {1..100}; do cat in/hundred.gz; done >in/empties
	cat in/empties in/small.gz >in/empties.gz
	good empties.gz
	error empties ptop empties
	what='gzip in gzip'
	gzip -nc in/small.gz >in/2.gz
	gzip -nc in/2.gz >in/3.gz
	gzip -nc in/3.gz >in/4.gz
	good 2.gz
	bad 3.gz 4.gz
	what='all fields of a gzip header'
	"$GEN" gzip <in/some >in/fields.gz
	good fields.gz
}

bombs()
{
	what='a bomb'
	head -c 300M /dev/zero | gzip -1n >in/zeros.gz
	error zeros.gz ptop -f folded --max-line none zeros.gz
	says max-expansion
	error zeros.gz ptop zeros.gz
	# One string of 256 MiB.
	{ printf '\x0a\4\x08\1\x10\2\x32\0\x32\x80\x80\x80\x80\1'
	    head -c 256M /dev/zero; } | gzip -1n >in/string.gz
	error string.gz ptop string.gz
	error string.gz ptop --max-line none --max-expansion none string.gz
	rm -f in/zeros.gz in/string.gz
	what='other containers'
	printf '\x78\x9c\x4b\x4c\x04\x00' >in/zlib
	printf '\x4b\x4c\x04\x00' >in/deflate
	printf '\x28\xb5\x2f\xfd\x04\x00\x41' >in/zstd
	printf '\xfd7zXZ\0\0\4' >in/xz
	printf 'BZh91AY&SY\1\2\3\4' >in/bz2
	bad zlib deflate zstd xz bz2
	for i in zstd xz bz2; do
		run 2 ptop $i
		says '-dc'
	done
}

pprof_cuts()
{
	local i n
	what='raw pprof cut at each byte'
	n=$(wc -c <in/pprof.pb)
	for ((i = 0; i < n; i++)); do
		head -c $i in/pprof.pb >in/cut.$i
	done
	run '2 3' pconvert --check -k $(seq -f 'cut.%g' 0 $((n - 1)))
	run '0 2 3' ptop -k pprof.pb $(seq -f 'cut.%g' 0 $((n - 1)))
	for ((i = 0; i < n; i++)); do
		{ head -c $i in/pprof.pb; printf '\377'
		    tail -c +$((i + 2)) in/pprof.pb; } >in/cut.$i
	done
	what='raw pprof damaged at each byte'
	run '0 2 3' pconvert --check -k $(seq -f 'cut.%g' 0 $((n - 1)))
	rm -f in/cut.*
}

# wire NAME BYTES: the small profile with these bytes behind it.
wire()
{
	# shellcheck disable=SC2059 # the format is the bytes
	{ cat in/pprof.pb; printf "$2"; } >in/"$1"
}

pprof_wire()
{
	what='varints'
	wire varint10 '\x60\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02'
	wire varint11 '\x60\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01'
	wire unended '\x60\x80'
	bad varint10 varint11 unended
	what='lengths'
	wire longer '\x12\x20\x08\x01'
	wire huge '\x12\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01'
	wire negative '\x12\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01'
	wire negative32 '\x12\xff\xff\xff\xff\x0f'
	wire inner '\x12\x04\x0a\x09\x01\x01'
	bad longer huge negative negative32 inner
	what='wire types'
	wire type6 '\x66\x01'
	wire type7 '\x67\x01'
	wire field0 '\x02\x01'
	wire asnumber '\x10\x01'
	wire astext '\x62\x01\x01'
	bad type6 type7 field0 asnumber astext
	wire group '\x63\x08\x01\x64'
	either group
	what='empty messages'
	{ cat in/pprof.pb; "$GEN" empties 2 10; } >in/empty2
	bad empty2
	{ printf '\x0a\4\x08\1\x10\2'; "$GEN" empties 2 5000000; } >in/samples
	{ "$GEN" empties 2 5000000; "$GEN" empties 6 1; } >in/plain
	{ cat in/pprof.pb; "$GEN" empties 5 5000000; } >in/functions
	{ cat in/pprof.pb; "$GEN" empties 6 5000000; } >in/strings
	either samples plain functions strings
	rm -f in/samples in/plain in/functions in/strings
	what='unknown fields'
	"$GEN" unknown >in/unknown
	good unknown
}

# sketched NAME CHANGE...: the small profile changed.
sketched()
{
	local name=$1
	shift
	"$GEN" sketch "$@" >in/"$name"
}

pprof_tables()
{
	local i
	what='string tables'
	sketched first first=x
	sketched nostrings nostrings=1
	bad first nostrings
	what='string indexes'
	for i in {0..16}; do
		sketched "index.$i" "index$i=11"
		error "index.$i" ptop "index.$i"
		sketched "index.$i" "index$i=-1"
		error "index.$i" pconvert -t dump "index.$i"
		sketched "index.$i" "index$i=0x7fffffffffffffff"
		error "index.$i" pflame "index.$i"
	done
	what='number of values'
	sketched none nvalues=0
	sketched two nvalues=2
	bad none two
	what='identifiers'
	sketched loc0 location_id=0
	sketched locref location_ref=9
	sketched locref0 location_ref=0
	sketched locneg location_ref=-1
	sketched loctwice location2=1
	sketched fn0 function_id=0
	sketched fnref function_ref=9
	sketched fntwice function2=1
	sketched map0 mapping_id=0
	sketched mapref mapping_ref=9
	sketched maptwice mapping2=1
	bad loc0 locref locref0 locneg loctwice fn0 fnref fntwice map0 maptwice
	# Many producers write no table of mappings.
	good mapref
	sketched sparse location_id=0x7fffffffffffffff \
	    location_ref=0x7fffffffffffffff
	good sparse
	what='a location without lines'
	sketched noline function_ref=0
	sketched nothing function_ref=0 mapping_ref=0 address=0
	good noline nothing
	run 0 ptop nothing
	shows unknown
}

pprof_values()
{
	what='deep stacks'
	"$GEN" deep 1000000 1000 >in/deep
	run 0 ptop deep
	run 0 ptop --callers main deep
	run 0 pconvert -t folded deep
	run 0 pconvert -t pprof deep
	run 0 pflame deep
	run 0 pdiff deep deep
	run 0 pregress deep deep
	run 0 pflame --diff deep deep
	run 0 pflame --term deep
	rm -f in/deep
	what='extreme values'
	sketched most value=0x7fffffffffffffff
	sketched least value=-0x7fffffffffffffff
	either most least
	error most pconvert most most
	error most ptop most most
	{ cat in/most; tail -c 0 in/most; } >in/once
	either once
	what='odd values'
	sketched negative value=-5
	warned 'negative values' negative
	sketched period period=0 duration=-5 time=0x7fffffffffffffff
	either period
	sketched default index15=10
	either default
	run 0 ptop default
	what='labels'
	"$GEN" odd-labels >in/odd
	either odd
	"$GEN" labels 10000 >in/labels
	good labels
	"$GEN" labels 1000000 >in/million
	bad million
	says max-labels
	run 0 ptop --max-labels none million
	rm -f in/million
	what='patterns of the profile'
	sketched costly 'drop=(.*)*(.*)*(.*)*x'
	sketched wrong 'drop=(('
	run 0 ptop costly
	run 0 ptop wrong
	what='a build id of one byte'
	good pprof.pb
	what='nothing in common'
	cp "$TESTDATA/pprof/heap.pb.gz" "$TESTDATA/pprof/a.pb" in
	error heap.pb.gz pconvert a.pb heap.pb.gz
	says a.pb
	error heap.pb.gz pdiff a.pb heap.pb.gz
	what='old text forms'
	printf 'heap profile: 1: 2 [3: 4] @ heap/524288\n1: 2 [3: 4] @ 0x1\n' \
	    >in/heap
	printf -- '--- contention:\ncycles/second=1\n' >in/contention
	printf 'goroutine profile: total 1\n1 @ 0x1\n' >in/goroutine1
	printf 'goroutine 1 [running]:\nmain.main()\n\t/x.go:1 +0x1\n' \
	    >in/goroutine2
	bad heap contention goroutine1 goroutine2
}

# folded NAME TEXT: an input of that text.
folded()
{
	# shellcheck disable=SC2059 # the format is the text
	printf "$2" >in/"$1"
}

folded_lines()
{
	local i
	what='lines without count or stack'
	folded nocount 'm;f 1\nm;g\nm;h 2\n'
	warned 'no count' nocount
	folded only 'm;f 1\n 5\n'
	warned 'without a stack' only
	folded semi ';;a 1\na;b; 2\n;c 3\n'
	warned 'empty frame' semi
	folded cut 'm;f 1\nm;g 2\nm;h'
	error cut ptop cut
	what='counts'
	folded negative 'm;f -5\nm;g 7\n'
	folded decimal 'm;f 3.5\nm;g 0.000000001\n'
	good negative decimal
	for i in 1e309 0x10 +7 1_000 １２ NaN inf 1e 1,5 -- 5x; do
		printf 'm;f 1\nm;g %s\nm;h 2\n' "$i" >in/count
		either count
	done
	folded twice 'm;f 9223372036854775807\nm;f 9223372036854775807\n'
	folded huge 'm;f 1000000000000000000000000000000\n'
	bad twice huge
	folded tiny 'm;f 0.0000000000000000000000000000001\nm;g 1\n'
	either tiny
	what='names with numbers'
	folded numbers 'a b 12 5\nworker 7 3\n'
	good numbers
	run 0 ptop --tsv numbers
	shows '^5	5		a b 12	'
	shows '^3	3		worker 7	'
}

folded_sizes()
{
	what='a deep stack'
	{ printf 'm'; for i in {1..200000}; do printf ';f%d' $((i % 7)); done
	    echo ' 5'; } >in/deep
	run 0 ptop deep
	run 0 pconvert -t folded deep
	run 0 pflame deep
	run 0 pdiff deep deep
	what='a deep stack with little of the C stack'
	stack=64
	run 0 ptop deep
	run 0 pconvert -t folded deep
	run 0 pflame deep
	run 0 pflame --sort size deep
	run 0 pflame --flamechart deep
	run 0 pflame --term --reverse --max-rows 1000000 deep
	run 0 pdiff deep deep
	unset stack
	error deep ptop --max-depth 1000 deep
	says max-depth
	rm -f in/deep
	what='a long line'
	head -c 70M /dev/zero | tr '\0' a >in/long
	echo ' 5' >>in/long
	error long ptop -f folded long
	says max-line
	either long
	{ echo 'm;f 5'; head -c 70M /dev/zero | tr '\0' ' '; } >in/blanks
	error blanks ptop blanks
	rm -f in/long in/blanks
}

folded_names()
{
	what='names that act'
	printf '%b' 'a\033[31m;\033]0;t\a;\r\b;x\0y;\x01;\x7f;\xc2\x9b2J;' \
	    '\xff\xfe;\xc0\x80;\xed\xa0\x80;\xe2\x80\xae;\xef\xbf\xbe;' \
	    '</text><script>;]]>;&#0;"on="1;`|;=cmd 5\n' >in/names
	good names
	for i in --tsv --csv --markdown --json; do
		run 0 ptop -a $i names
	done
	run 0 pconvert -t json names
	run 0 pdiff --force --json names some
	run '0 1' pregress --force --junit names some
	run 0 pflame --title $'\033<b>]]>' names
	! grep -q '</text><script>\|<b>\|&#0;' "$out"
	result $? "$what: a name of the picture is not escaped"
	if command -v xmllint >/dev/null 2>&1; then
		pflame in/names | xmllint --noout - 2>"$err"
		result $? "$what: the picture is not well-formed"
	fi
	what='two counts'
	folded pairs 'm;f 1 0\nm;g 2 5\n'
	good pairs
	folded mixed 'm;f 1 0\nm;g 2 5\nm;h 3\n'
	either mixed
	{ for i in {1..30000}; do echo "m;f$i $i 0"; done; echo 'm;g 5'; } \
	    >in/late
	either late
	what='annotations, comments, blank lines'
	folded suffix 'm_[k];[unknown];f_[j];g_[i];@thread 5\n_[k] 3\n'
	good suffix
	folded comments '# a comment\n\n#x;y 3\nm;f 5\n# end\n'
	good comments
}

# table ROW...: a report of pstats with these rows.
table()
{
	printf '   ncalls  tottime  percall  cumtime  percall '
	printf 'filename:lineno(function)\n'
	printf '%s\n' "$@"
}

pstats_tables()
{
	local ok='1 0.1 0.1 0.1 0.1 a.py:1(f)' long
	what='tables of pstats'
	table "$ok" '123456/78901    0.001    0.000    0.002    0.000 {len}' \
	    '  0    0.000             0.000          b.py:2(g)' \
	    '  1    0.001    0.001    0.001    0.001 /usr/lib/wrapped/' \
	    'here.py:3(h)' '1 0,1 0,1 0,1 0,1 c.py:4(i)' >in/report
	run 0 pconvert -t dump report
	shows '^edge	123456	78901	1000000	2000000'
	shows '^  callee	h	file=/usr/lib/wrapped/here.py	start=3'
	[ ! -s "$err" ]
	result $? "$what: warnings"
	table "$ok" $'1 1 1 1 1 \33[31m.py:1(\33]0;owned\a)' >in/escapes
	good escapes
	what='rows that are none'
	table "$ok" 'x' '1 2' '1 nan nan inf inf d.py:1(j)' >in/skipped
	run 0 pconvert --check skipped
	[ "$(grep -c 'no row of the table' "$err")" = 3 ]
	result $? "$what: not counted"
	what='tables that are cut'
	table >in/none
	printf '%s' "$(table "$ok" '1 0.1 0.1 0.1 0.1 a.py:1(')" >in/name
	printf '%s' "$(table "$ok" '1 0.1')" >in/number
	bad none name number
	what='numbers beyond 64 bits'
	table "$ok" '99999999999999999999 1 1 1 1 a.py:1(f)' >in/calls
	table "$ok" '1 99999999999 1 1 1 a.py:1(f)' >in/time
	table "$ok" '9223372036854775807 1 1 1 1 a.py:1(f)' >in/sum
	bad calls time sum
	what='a long line of arrows'
	long=$(head -c 200000 /dev/zero | tr '\0' x | sed 's/x/ <- 1 0.1 x(/g')
	printf 'Function   was called by...\nf%s\nf <- \n' "$long" >in/arrows
	either arrows
}

# perf LINE...: text of perf script.
perf()
{
	printf '%b\n' "$@"
}

perf_records()
{
	local frame='\t 1 f (/bin/a)'
	what='a header only'
	perf 'a 1 1.0: 5 cycles: ' >in/header
	warned 'without a stack' header
	what='a sample without a stack, a stack without a header'
	perf 'a 1 1.0: 5 cycles: ' '' "$frame" '' 'a 1 1.1: 5 cycles: ' \
	    "$frame" '' >in/none
	warned 'without a stack' none
	what='the last sample is cut'
	printf 'a 1 1.0: 5 cycles: \n\t 1 f (/bin/a)' >in/whole
	good whole
	printf 'a 1 1.0: 5 cycles: \n\t 1 f (/bin/a)\n\t 7f55' >in/frame
	printf 'a 1 1.0: 5 cycles: \n\t 1 f (/bin/a)\n\na 1 1.1: 5 cyc' \
	    >in/cut
	bad frame cut
	what='names of programs'
	perf 'a b 1 1.0: 5 cycles: ' "$frame" '' \
	    'x:y-(z) 4711/4712 [003] 1.1: 5 cycles: ' "$frame" '' \
	    '12 34    56 1.2: 5 cycles: ' "$frame" '' \
	    '[001] 1.5: 77 1.3: 5 cycles: ' "$frame" '' \
	    ' :-1  -1 [000] 1.4: 5 cycles: ' "$frame" '' \
	    'fifteen bytes \303 9 1.5: 5 cycles: ' "$frame" '' \
	    >in/comms
	good comms
	run 0 ptop --tsv comms
	shows '^30	30		f	'
	run 0 pconvert -t folded comms
	shows '^a b;f 5$'
	shows '^12 34;f 5$'
	shows '^:-1;f 5$'
	perf '\033[31mred 9 1.6: 5 cycles: ' "$frame" '' >in/escape
	good escape
	what='fields that are off'
	perf '\t            1206 f' '\t            12ef main' '' \
	    '\t            1207 g' '\t            12ef main' >in/ipsym
	good ipsym
	perf 'f' '' 'g' >in/sym
	error 'ip,sym' ptop -f perf sym
}

perf_lines()
{
	what='symbols and paths'
	perf 'a 1 1.0: 5 cycles: ' '\t 1 f (int)+0x5 (/my app/x (deleted))' \
	    '\t 2 A::operator()(int) const+0x1 (/b)' \
	    '\t 3 [unknown] ([unknown])' '\t 4 g\000h (/b)' \
	    '\t 5 \033]0;x\a (/\377)' '' >in/symbols
	good symbols
	what='inlined and kernel frames'
	perf 'a 1 1.0: 5 cycles: ' '\t 1 in (inlined)' '\t 1 f+0x1 (/b)' \
	    '\tffffffff1 k ([kernel.kallsyms]_stext)' \
	    '\tffffffff2 m (/lib/modules/x.ko)' '\t 9 i (inlined)' '' \
	    >in/kinds
	good kinds
	what='times, periods and processors'
	perf 'a 1 2.0: 5 cycles: ' '\t 1 f (/b)' '' \
	    'a 1 [-1] 1.0: 0 cycles: ' '\t 1 f (/b)' '' >in/back
	warned 'times that go back' back
	perf 'a 1 1.0: 18446744073709551615 cycles: ' '\t 1 f (/b)' '' \
	    'a 1 1.0: 5 cycles: ' '\t 1 f (/b)' '' >in/period
	warned 'period' period
	what='messages of perf'
	perf 'Warning:' 'Processed 200 events and LOST 7 chunks!' '' \
	    'Check IO/CPU overload!' 'a 1 1.0: 5 cycles: ' '\t 1 f (/b)' '' \
	    >in/lost
	warned 'LOST\|lost' lost
	what='recordings'
	printf 'PERFILE2%0100d' 0 >in/perf.data
	error 'perf script' ptop perf.data
	what='a line that never ends'
	head -c 70000000 /dev/zero | tr '\0' x >in/long
	printf 'a 1 1.0: 5 cycles: \n\t 1 ' | cat - in/long >in/longsym
	error '--max-line' ptop longsym
	rm in/long in/longsym
	what='a deep stack'
	awk 'BEGIN { print "a 1 1.0: 5 cycles: "
	    for (i = 0; i < 200000; i++) print "\t 1 f" i % 7 " (/b)" }' \
	    >in/deep
	good deep
}

# Key of a function "a.py:1(NAME)" of one letter, and numbers of it.
py_key=')\x03z\x04a.pyi\x01\x00\x00\x00z\x01'
py_one='i\x01\x00\x00\x00'
py_half='g\x00\x00\x00\x00\x00\x00\xe0\x3f'
py_numbers="$py_one$py_one$py_half$py_half"

# cprofile NAME BYTES: a file in.
cprofile()
{
	printf '%b' "$2" >"in/$1"
}

cprofile_bytes()
{
	local whole="{${py_key}f)\\x05$py_numbers{00" i n
	what='marshal, cut anywhere'
	cprofile prof "$whole"
	good prof
	run 0 ptop --tsv prof
	shows '^500000000	500000000	1	f	a.py	1		1	$'
	n=$(wc -c <in/prof)
	for ((i = 8; i < n; i++)); do
		head -c $i in/prof >in/cut
		error cut ptop -f cprofile cut
	done
	what='marshal that is none'
	cprofile type "{${py_key}f)\\x05$py_one$py_one$py_half?{00"
	cprofile ref "{${py_key}f)\\x05r\\xff\\x00\\x00\\x00"
	cprofile self "\\xfb${py_key}f)\\x05${py_numbers}r\\x00\\x00\\x00\\x000"
	cprofile negative "{${py_key}f)\\x05${py_numbers}{)\\x03s\\xff\\xff\\xff\\xff"
	cprofile pair "{)\\x02z\\x04a.py$py_one)\\x05$py_numbers{00"
	cprofile four "{${py_key}f)\\x04$py_one$py_one$py_half${py_half}0"
	for i in type ref self negative pair four; do
		error $i ptop -f cprofile $i
	done
	what='marshal nested deep'
	{
		printf '{'
		head -c 100000 /dev/zero | sed 's/\x00/)\x01/g'
	} >in/nested
	error nested ptop -f cprofile nested
	{
		printf '%b' "{${py_key}f)\\x05$py_numbers"
		head -c 100000 /dev/zero | tr '\0' '{'
	} >in/dicts
	error dicts ptop -f cprofile dicts
	what='marshal of many'
	cprofile much "{${py_key}f(\\xff\\xff\\xff\\x7f"
	error much ptop -f cprofile much
}

cprofile_values()
{
	local nan='g\x00\x00\x00\x00\x00\x00\xf8\x7f'
	local inf='g\x00\x00\x00\x00\x00\x00\xf0\x7f'
	local minus='g\x00\x00\x00\x00\x00\x00\xe0\xbf' i
	what='times that are none'
	cprofile nan "{${py_key}f)\\x05$py_one$py_one$nan$inf{00"
	warned 'not finite' nan
	cprofile minus "{${py_key}f)\\x05$py_one$py_one$minus$py_half{00"
	warned 'negative' minus
	what='calls that do not fit'
	cprofile primitive "{${py_key}f)\\x05i\\x05\\x00\\x00\\x00$py_one$py_half$py_half{00"
	warned 'more primitive calls' primitive
	cprofile large "{${py_key}f)\\x05l\\x06\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x01\\x00$py_one$py_half$py_half{00"
	run '0 2' ptop large
	what='callers that are not there, and circles'
	cprofile absent "{${py_key}f)\\x05$py_numbers{${py_key}g)\\x04${py_numbers}00"
	cprofile loop "{${py_key}f)\\x05$py_numbers{${py_key}f)\\x04${py_numbers}00"
	cprofile circle "{${py_key}f)\\x05$py_numbers{${py_key}g)\\x04${py_numbers}0${py_key}g)\\x05$py_numbers{${py_key}f)\\x04${py_numbers}00"
	good absent loop circle
	what='names that are not UTF-8'
	cprofile bytes "{)\\x03s\\x02\\x00\\x00\\x00\\xff\\x1b${py_one}s\\x01\\x00\\x00\\x00\\xe9)\\x05$py_numbers{00"
	good bytes
	what='pickles'
	for i in '\200\004\225\020\000\000\000\000\000\000\000}\224.' \
	    '(dp0\nS\047a\047\n.' \
	    'cos\nsystem\n(S\047touch pwned\047\ntR.'; do
		printf '%b' "$i" >in/pickle
		error pickle ptop pickle
	done
	[ ! -e in/pwned ]
	result $? "$what: run"
}

merging()
{
	local i
	what='many inputs'
	mkdir in/many
	for ((i = 0; i < 10000; i++)); do
		echo "main;f$((i % 10)) 1" >in/many/$i
	done
	(cd in && find many -type f -print0) >in/names0
	descriptors=64
	run 0 ptop --tsv --files0-from names0
	shows '^1000	1000		f0	'
	unset descriptors
	rm -rf in/many
	what='the same file twice'
	run 0 ptop --tsv some some
	shows '^10	10		f	'
	what='a file and standard input'
	input=in/some
	run 0 ptop --tsv some -
	shows '^10	10		f	'
	error 'read once' ptop - some -
	unset input
	what='output to an input'
	cp in/some in/x.folded
	run 0 pconvert x.folded some -o x.folded
	[ "$(cat in/x.folded)" = 'main;f 10' ]
	result $? "$what: $(cat in/x.folded)"
	what='bad regular expressions'
	error 'pattern' pconvert --focus "$(head -c 100000 /dev/zero |
	    tr '\0' '(')" some
	error 'pattern' pconvert --focus '(?C1)a' some
	error 'pattern' ptop --callers 'a\C' some
}

# gates STATUSES FILES...: the verdict in every form.
gates()
{
	local form status=$1
	shift
	for form in -v --tsv --csv --json --jsonl --markdown --junit --github
	do
		run "$status" pregress -q $form "$@"
		! grep -Eiq '\bnan\b' "$out"
		result $? "$what: pregress $form $*: a number that is none"
	done
}

gate_inputs()
{
	local i
	folded zero 'm;f 0\n'
	folded both0 'm;f 5\nm;g -5\n'
	folded fresh 'main;f 5\nmain;g 90\n'
	folded least 'm;f -9223372036854775806\nm;g 1\n'
	folded most 'm;f 9223372036854775807\n'
	what='a side without values'
	for i in zero /dev/null; do
		error 'nothing to judge by' pregress $i some
		error 'nothing to judge by' pregress some $i
		error 'nothing to judge by' pregress $i $i
		error 'nothing to judge by' pregress --json $i some
	done
	error 'nothing to judge by' pregress --base zero zero --new some some
	what='values that cancel each other out'
	gates '0 1 2' both0 some
	gates '0 1 2' some both0
	gates '0 1' least most
	gates '0 1' most least
	what='new, missing and equal functions'
	gates 1 some fresh
	gates 0 fresh some
	gates 0 some some
	gates 0 --base some some some --new some some some
	gates '0 1' --base some --new fresh some fresh
	gates '0 1' --base fresh some fresh --new some
	gates 0 --strict-ratio --min-runs 1000000 some some
	what='sides that are not alike'
	cp "$TESTDATA/pprof/heap.pb.gz" "$TESTDATA/pprof/a.pb" \
	    "$TESTDATA/perf/real_fp.txt" "$TESTDATA/cprofile/py313.prof" in
	error heap.pb.gz pregress a.pb heap.pb.gz
	error heap.pb.gz pregress --base a.pb heap.pb.gz --new a.pb
	for i in real_fp.txt py313.prof some; do
		gates '0 1 2' a.pb $i
		gates '0 1 2' $i a.pb
	done
}

gate_options()
{
	local i
	what='options of a gate'
	for i in 0 -1 19 100001 1000000000 99999999999999999999 1.5 x ''; do
		error width pregress --width "$i" some some
	done
	for i in 0 -1 1.5 x 18446744073709551616; do
		error "'$i'" pregress -n "$i" some some
		error "'$i'" pregress --min-runs "$i" some some
	done
	for i in 0 0.999 -2 NaN inf 1,5 1e1 '' x 2y %; do
		error "'$i'" pregress -x "$i" some some
		error "'$i'" pregress --total-ratio "$i" some some
		error "'$i'" pregress --warn "$i" some some
	done
	error warn pregress --warn 1.5 some some
	for i in 101% -1 NaN 5 1,5 ''; do
		error "'$i'" pregress --impact "$i" some some
		error "'$i'" pregress --alpha "$i" some some
	done
	for i in 0 0% 100% 1; do
		error alpha pregress --alpha $i some some
		error ci pregress --ci $i some some
	done
	for i in 101% -1 NaN 1,5 5ms 5MB x '' 5% ; do
		error "'$i'" pregress --min-value "$i" some some
	done
	for i in 101% -1 NaN 1,5 5ms 5MB x ''; do
		error "'$i'" pregress --min-delta "$i" some some
	done
	for i in heat 'self,' ,self 'self total' ''; do
		error metric pregress --metric "$i" some some
	done
	error calls pregress --metric calls some some
	for i in NaN no-such-file 101% . ''; do
		error noise pregress --noise "$i" some some
	done
	run '0 1' pregress --noise 0 some some
	run '0 1' pregress -x 99999999999999999 some fresh
	error 'new-function' pregress --new-function maybe some some
	what='long patterns'
	for i in focus tagfocus hide; do
		error 'pattern' pregress --$i "$(head -c 100000 /dev/zero |
		    tr '\0' '(')" some some
	done
	{ printf 'focus '; head -c 1000000 /dev/zero | tr '\0' a; echo; } \
	    >in/options
	error 'pattern' pregress -c options some some
}

echo 'main;f 5' >in/some
"$GEN" sketch >in/pprof.pb
any_format
no_files
text_forms
shrinking_file
gzip_forms
bombs
pprof_cuts
pprof_wire
pprof_tables
pprof_values
folded_lines
folded_sizes
folded_names
pstats_tables
perf_records
perf_lines
cprofile_bytes
cprofile_values
merging
gate_inputs
gate_options
echo "hostile: $passed passed, $failed failed"
[ $failed = 0 ]
