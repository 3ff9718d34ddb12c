#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# bench.sh BINDIR WORKDIR - measure the tools of BINDIR against their peers.
#
# The inputs are made in WORKDIR by the programs that GEN and GENTEXT name,
# and kept there.  Environment:
#
#   GEN         the compiled gen.c (required)
#   GENTEXT     the compiled gentext.c (required)
#   RUNS        runs of each of our jobs; the median counts (5)
#   PEER_RUNS   runs of each peer, which takes minutes (1); peers that draw
#               pictures or compare texts run as often as we do
#   PEERS       0: do not run the peers
#   START_RUNS  runs for the mean start-up time (100)
#   GEN_ARGS    more arguments for GEN, for a quick try
#
# Exit status: 0 all goals met, 1 a goal missed or a job failed, 2 trouble.

set -u
export LC_ALL=C

# Jobs: name | ours | peer | goal: peer's user time over ours | RSS limit in
# MB or - | exit statuses that are success
jobs=(
'top|ptop big1.pb|go tool pprof -top -symbolize=none big1.pb|80|500|0'
'merge|pconvert -m big1.pb big2.pb|go tool pprof -proto -symbolize=none -output=/dev/null big1.pb big2.pb|10|-|0'
'diff|pdiff big1.pb big2.pb|go tool pprof -top -symbolize=none -diff_base=big1.pb big2.pb|80|-|0'
)

# Readers: name | command | input | goal, in MB/s of user time or in seconds
# | RSS limit in MB or - | peer, whose user time has to be | this many times
# ours
speeds=(
'perf script|pconvert -t folded big.perf.txt|big.perf.txt|800MB/s|100|inferno-collapse-perf -n 1 big.perf.txt|2.5'
'perf script|pconvert -t folded big.perf.txt|big.perf.txt|800MB/s|100|stackcollapse-perf.pl big.perf.txt|10'
'folded|ptop -n 1 big.folded|big.folded|1000MB/s|-|-|-'
'folded, any order|ptop -n 1 big.shuffled|big.shuffled|500MB/s|-|-|-'
'cProfile|ptop -n 1 big.prof|big.prof|0.2s|-|-|-'
)

# Pictures: name | ours | peer | goal: peer's CPU time, user and system, over
# ours | RSS limit in MB | bytes of SVG; and no fewer frames than the peer's
pictures=(
'folded|pflame big.folded|inferno-flamegraph big.folded|4|400|1500000'
'any order|pflame big.shuffled|inferno-flamegraph big.shuffled|2|700|1500000'
)

# Comparisons: name | ours | peer | goal: peer's CPU time, user and system,
# over ours | RSS limit in MB | exit statuses; ours has to name what changed.
comparisons=(
'pdiff|pdiff before.folded after.folded|inferno-diff-folded before.folded after.folded|3|500|0'
'pregress|pregress before.folded after.folded|inferno-diff-folded before.folded after.folded|3|500|1'
'any order|pdiff before.folded after.shuffled|inferno-diff-folded before.folded after.shuffled|2.5|500|0'
)

# Reports of ptop on big1.pb: arguments; each may take so many times the
# plain table's user time, which is measured beside it.
reports=(
'--tree'
'--bottom-up'
'--peek .'
'--peek f1'
'--focus f1'
'--tagfocus tenant=a'
'-g line'
'--labels'
'--list f1'
)
report_times=2

# An input so many times in a pipe: times | command | input
repeats=(
'20|pconvert -q -t folded|big.perf.txt'
)

# Start-up on a small profile: command | limit in ms | good exit statuses
starts=(
'pconvert small1.pb|10|0'
'ptop small1.pb|10|0'
'pdiff small1.pb small2.pb|10|0'
'pflame small1.pb|10|0'
'pregress small1.pb small2.pb|10|0 1'
)

# Inputs: file | arguments of GEN
inputs=(
'big1.pb|--variant 1'
'big2.pb|--variant 2'
'small1.pb|--samples 400 --locations 400 --functions 200 --depth 30'
'small2.pb|--samples 400 --locations 400 --functions 200 --depth 30 --variant 2'
)

# Made by GENTEXT
texts=(
'big.perf.txt|perf'
'big.folded|folded'
'big.shuffled|shuffled'
'big.prof|prof'
'before.folded|before'
'after.folded|after'
'after.shuffled|after-shuffled'
)

die()
{
	printf 'bench.sh: %s\n' "$*" >&2
	exit 2
}

# make_input FILE PROGRAM ARGUMENT...: anew if one of the latter changed.
make_input()
{
	local file=$1 program=$2

	shift 2
	if [[ -s $file && ! $program -nt $file &&
	    $(cat "$file.args" 2>/dev/null) == "$*" ]]; then
		return
	fi
	rm -f "$file.args"
	"$program" "$@" >"$file.tmp" || die "cannot make $file"
	mv "$file.tmp" "$file" || die "cannot make $file"
	printf '%s\n' "$*" >"$file.args"
}

make_inputs()
{
	local args extra=() file line

	read -ra extra <<<"${GEN_ARGS-}"
	for line in "${inputs[@]}"; do
		IFS='|' read -r file line <<<"$line"
		read -ra args <<<"$line"
		if [[ $file == big* ]]; then
			args+=("${extra[@]}")
		fi
		make_input "$file" "$gen" "${args[@]}"
	done
	for line in "${texts[@]}"; do
		IFS='|' read -r file line <<<"$line"
		make_input "$file" "$gentext" "$line"
	done
}

# good STATUS LIST: whether STATUS is one of the words of LIST.
good()
{
	[[ " $2 " == *" $1 "* ]]
}

# median COLUMN: of the lines of $tmp/times; "cpu" is user and system.
median()
{
	awk -v by="$1" '{ print by == "cpu" ? $1 + $2 : $1 }' "$tmp/times" |
	    sort -n | awk '
		{ v[NR] = $1 }
		END {
			h = int((NR + 1) / 2)
			printf "%.2f", (v[h] + v[NR + 1 - h]) / 2
		}'
}

# measure RUNS STATUSES COMMAND...: set user and cpu (median, s) and rss
# (max, MB); the command's output goes to the file $into, if that is set.
measure()
{
	local i rc runs=$1 statuses=$2

	shift 2
	: >"$tmp/times"
	for ((i = 0; i < runs; i++)); do
		"$time" -q -o "$tmp/one" -f '%U %S %M' "$@" \
		    >"${into-/dev/null}" 2>"$tmp/err" </dev/null
		rc=$?
		if ! good "$rc" "$statuses"; then
			printf 'bench.sh: status %d from: %s\n' "$rc" "$*" >&2
			head -n 5 "$tmp/err" >&2
			return 1
		fi
		tail -n 1 "$tmp/one" >>"$tmp/times"
	done
	user=$(median user)
	cpu=$(median cpu)
	rss=$(awk '$3 > m { m = $3 } END { printf "%.0f", m / 1024 }' \
	    "$tmp/times")
}

have_peer()
{
	[[ ${PEERS-1} != 0 ]] || return 1
	command -v "$1" >/dev/null || return 1
	# "go tool X" needs the tool X, too.
	[[ $1 != go ]] || go tool -n "$3" >/dev/null 2>&1
}

row()
{
	printf '%-7s %8s %8s  %-14s %9s %8s %8s %6s  %s\n' "$@"
}

run_job()
{
	local name ours peer goal limit statuses cmd peer_cmd
	local our_user our_rss peer_user=- peer_rss=- ratio=- verdict=-
	local peer_name=-

	IFS='|' read -r name ours peer goal limit statuses <<<"$1"
	read -ra cmd <<<"$ours"
	read -ra peer_cmd <<<"$peer"
	if ! measure "$runs" "$statuses" "$bin/${cmd[0]}" "${cmd[@]:1}"; then
		row "$name" - - - - - - "${goal}x" 'MISS (failed)'
		missed=1
		return
	fi
	our_user=$user our_rss=$rss
	if have_peer "${peer_cmd[@]}"; then
		peer_name=${peer_cmd[0]}
		[[ $peer_name != go ]] || peer_name="go ${peer_cmd[2]}"
		if measure "$peer_runs" 0 "${peer_cmd[@]}"; then
			peer_user=$user peer_rss=$rss
		else
			peer_user=failed verdict='MISS (peer failed)'
		fi
	fi
	if [[ $peer_rss != - ]]; then
		# The clock ticks in 10 ms: take no time as one tick.
		ratio=$(awk -v a="$our_user" -v b="$peer_user" \
		    'BEGIN { printf "%.1f", b / (a < .01 ? .01 : a) }')
		verdict=$(awk -v r="$ratio" -v g="$goal" \
		    'BEGIN { print r + 0 < g + 0 ? "MISS" : "ok" }')
		ratio+=x
	fi
	if [[ $limit != - && $our_rss -gt $limit ]]; then
		verdict="MISS (RSS over $limit MB)"
	elif [[ $limit != - && $verdict == - ]]; then
		verdict='ok (RSS only)'
	fi
	[[ $verdict != MISS* ]] || missed=1
	row "$name" "$our_user" "$our_rss" "$peer_name" "$peer_user" \
	    "$peer_rss" "$ratio" "${goal}x" "$verdict"
}

# run_speed ROW: user seconds, MB/s, and how many times the peer's time.
run_speed()
{
	local name ours input goal limit peer least cmd peer_cmd bytes
	local our_user our_rss rate verdict=ok peer_user=- ratio=-

	IFS='|' read -r name ours input goal limit peer least <<<"$1"
	read -ra cmd <<<"$ours"
	read -ra peer_cmd <<<"$peer"
	if ! measure "$runs" 0 "$bin/${cmd[0]}" "${cmd[@]:1}"; then
		missed=1
		return
	fi
	our_user=$user our_rss=$rss
	bytes=$(wc -c <"$input")
	rate=$(awk -v b="$bytes" -v u="$our_user" \
	    'BEGIN { printf "%.0f", b / 1e6 / (u < .01 ? .01 : u) }')
	case $goal in
	*MB/s) [[ $rate -ge ${goal%MB/s} ]] || verdict=MISS ;;
	*s) awk -v u="$our_user" -v g="${goal%s}" \
	    'BEGIN { exit !(u <= g) }' || verdict=MISS ;;
	esac
	if [[ $limit != - && $our_rss -gt $limit ]]; then
		verdict="MISS (RSS over $limit MB)"
	fi
	if [[ $peer != - ]] && have_peer "${peer_cmd[@]}" &&
	    measure "$peer_runs" 0 "${peer_cmd[@]}"; then
		peer_user=$user
		ratio=$(awk -v a="$our_user" -v b="$peer_user" \
		    'BEGIN { printf "%.1f", b / (a < .01 ? .01 : a) }')
		awk -v r="$ratio" -v g="$least" 'BEGIN { exit !(r >= g) }' ||
		    verdict="MISS (peer)"
	fi
	[[ $verdict != MISS* ]] || missed=1
	printf '%-18s %6s %6s %6s %9s  %-22s %6s %6s  %s\n' "$name" \
	    "$our_user" "$our_rss" "$rate" "$goal" "${peer_cmd[0]}" \
	    "$peer_user" "$ratio" "$verdict"
}

# frames FILE: how many an SVG holds; ours says it, in others each is titled.
frames()
{
	local n

	n=$(sed -n 's/^ *"frames": \([0-9]*\),*$/\1/p' "$1" | head -n 1)
	[[ -n $n ]] || n=$(grep -o '<title>' "$1" | wc -l)
	printf '%s' "$n"
}

# run_picture ROW: CPU time, memory, bytes and frames of both, and how many
# times ours the peer's CPU time is.
run_picture()
{
	local name ours peer goal limit most cmd peer_cmd verdict=ok
	local our_cpu our_rss bytes held peer_cpu=- peer_rss=- ratio=-
	local peer_bytes=- peer_held=- into=$tmp/picture

	IFS='|' read -r name ours peer goal limit most <<<"$1"
	read -ra cmd <<<"$ours"
	read -ra peer_cmd <<<"$peer"
	if ! measure "$runs" 0 "$bin/${cmd[0]}" "${cmd[@]:1}"; then
		missed=1
		return
	fi
	our_cpu=$cpu our_rss=$rss
	bytes=$(wc -c <"$into") held=$(frames "$into")
	[[ $bytes -lt $most ]] || verdict="MISS ($most bytes or more)"
	[[ $our_rss -le $limit ]] || verdict="MISS (RSS over $limit MB)"
	if have_peer "${peer_cmd[@]}" &&
	    measure "$runs" 0 "${peer_cmd[@]}"; then
		peer_cpu=$cpu peer_rss=$rss
		peer_bytes=$(wc -c <"$into") peer_held=$(frames "$into")
		ratio=$(awk -v a="$our_cpu" -v b="$peer_cpu" \
		    'BEGIN { printf "%.2f", b / (a < .01 ? .01 : a) }')
		[[ $held -ge $peer_held ]] || verdict='MISS (frames)'
		awk -v r="$ratio" -v g="$goal" 'BEGIN { exit !(r >= g) }' ||
		    verdict='MISS (peer)'
	elif [[ $verdict == ok ]]; then
		verdict='ok (peer not run)'
	fi
	[[ $verdict != MISS* ]] || missed=1
	picture_row "$name" ours "$our_cpu" "$our_rss" "$bytes" "$held" \
	    "$ratio" "${goal}x" "$verdict"
	picture_row '' "${peer_cmd[0]}" "$peer_cpu" "$peer_rss" \
	    "$peer_bytes" "$peer_held" '' '' ''
}

# run_comparison ROW: CPU time and memory of both, in the same run.
run_comparison()
{
	local name ours peer goal limit statuses cmd peer_cmd verdict=ok
	local our_cpu our_rss peer_cpu=- peer_rss=- ratio=- into=$tmp/report

	IFS='|' read -r name ours peer goal limit statuses <<<"$1"
	read -ra cmd <<<"$ours"
	read -ra peer_cmd <<<"$peer"
	if ! measure "$runs" "$statuses" "$bin/${cmd[0]}" "${cmd[@]:1}"; then
		missed=1
		return
	fi
	our_cpu=$cpu our_rss=$rss
	grep -q 'with all it calls' "$into" || verdict='MISS (nothing proved)'
	[[ $our_rss -le $limit ]] || verdict="MISS (RSS over $limit MB)"
	if have_peer "${peer_cmd[@]}" &&
	    into=/dev/null measure "$runs" 0 "${peer_cmd[@]}"; then
		peer_cpu=$cpu peer_rss=$rss
		ratio=$(awk -v a="$our_cpu" -v b="$peer_cpu" \
		    'BEGIN { printf "%.2f", b / (a < .01 ? .01 : a) }')
		awk -v r="$ratio" -v g="$goal" 'BEGIN { exit !(r >= g) }' ||
		    verdict='MISS (peer)'
	elif [[ $verdict == ok ]]; then
		verdict='ok (peer not run)'
	fi
	[[ $verdict != MISS* ]] || missed=1
	comparison_row "$name" "$our_cpu" "$our_rss" "${peer_cmd[0]}" \
	    "$peer_cpu" "$peer_rss" "$ratio" "${goal}x" "$verdict"
}

comparison_row()
{
	printf '%-18s %6s %6s  %-22s %6s %6s %6s %5s  %s\n' "$@"
}

picture_row()
{
	printf '%-10s %-19s %6s %6s %9s %7s %6s %5s  %s\n' "$@"
}

# run_report ARGUMENTS: beside the plain table, run in turn.
run_report()
{
	local args plain verdict

	read -ra args <<<"$1"
	if ! measure "$runs" 0 "$bin/ptop" big1.pb; then
		missed=1
		return
	fi
	plain=$user
	if ! measure "$runs" '0 3' "$bin/ptop" -q "${args[@]}" big1.pb; then
		missed=1
		return
	fi
	verdict=$(awk -v u="$user" -v p="$plain" -v n="$report_times" \
	    'BEGIN { print u > n * p ? "MISS" : "ok" }')
	[[ $verdict == ok ]] || missed=1
	printf '%-24s %6s %6s %8s %7s  %s\n' "ptop $1" "$user" "$rss" \
	    "$plain" "$(awk -v u="$user" -v p="$plain" \
	    'BEGIN { printf "%.2fx", u / (p < .01 ? .01 : p) }')" "$verdict"
}

repeat()
{
	local i

	for ((i = 0; i < $1; i++)); do
		cat "$2" || return
	done
}

# run_repeat ROW: time and memory of one copy of the input, and of many.
run_repeat()
{
	local times ours input cmd one_user one_rss user rss verdict

	IFS='|' read -r times ours input <<<"$1"
	read -ra cmd <<<"$ours"
	cmd[0]=$bin/${cmd[0]}
	"$time" -q -o "$tmp/one" -f '%U %M' "${cmd[@]}" <"$input" >/dev/null
	read -r one_user one_rss <"$tmp/one"
	repeat "$times" "$input" |
	    "$time" -q -o "$tmp/one" -f '%U %M' "${cmd[@]}" >/dev/null
	read -r user rss <"$tmp/one"
	# A twentieth more memory is noise of the allocator.
	verdict=$(awk -v n="$times" -v u="$one_user" -v v="$user" \
	    -v m="$one_rss" -v k="$rss" \
	    'BEGIN { print (v > 1.1 * n * u || k > 1.05 * m) ? "MISS" : "ok" }')
	[[ $verdict != MISS* ]] || missed=1
	printf '%s times %s in a pipe: %.2f s instead of %.2f, ' "$times" \
	    "$input" "$user" "$one_user"
	printf '%d MB instead of %d  %s\n' $((rss / 1024)) \
	    $((one_rss / 1024)) "$verdict"
}

# Wall time of the whole loop, so fork and exec are part of it.
run_start()
{
	local command limit statuses cmd i rc begin end mean verdict

	IFS='|' read -r command limit statuses <<<"$1"
	read -ra cmd <<<"$command"
	cmd[0]=$bin/${cmd[0]}
	"${cmd[@]}" >/dev/null 2>"$tmp/err" </dev/null
	rc=$?
	if ! good "$rc" "$statuses"; then
		printf 'bench.sh: status %d from: %s\n' "$rc" "$command" >&2
		head -n 5 "$tmp/err" >&2
		printf '%-32s %8s %8s  MISS (failed)\n' "$command" - "$limit"
		missed=1
		return
	fi
	begin=${EPOCHREALTIME/./}
	for ((i = 0; i < start_runs; i++)); do
		"${cmd[@]}" >/dev/null 2>&1 </dev/null
	done
	end=${EPOCHREALTIME/./}
	mean=$(awk -v t=$((end - begin)) -v n="$start_runs" \
	    'BEGIN { printf "%.2f", t / n / 1000 }')
	verdict=$(awk -v m="$mean" -v l="$limit" \
	    'BEGIN { print m + 0 < l + 0 ? "ok" : "MISS" }')
	[[ $verdict == ok ]] || missed=1
	printf '%-32s %8s %8s  %s\n' "$command" "$mean" "$limit" "$verdict"
}

header()
{
	local f

	printf 'system: %s, %s CPUs\n' "$(uname -srm)" \
	    "$(getconf _NPROCESSORS_ONLN)"
	printf 'ours:   %s\n' \
	    "$("$bin/ptop" --version 2>/dev/null </dev/null | head -n 1)"
	if [[ ${PEERS-1} == 0 ]]; then
		printf 'peer:   not run (PEERS=0)\n'
	elif have_peer go tool pprof; then
		printf 'peer:   go tool pprof of %s\n' "$(go version)"
	else
		printf 'peer:   go tool pprof is not installed\n'
	fi
	for f in big1.pb big2.pb small1.pb small2.pb; do
		printf 'input:  %-9s %11d bytes\n' "$f" "$(wc -c <"$f")"
	done
	printf 'user: CPU seconds, median of %d (peer: of %d); ' \
	    "$runs" "$peer_runs"
	printf 'RSS: peak, MB; ratio: peer user / ours; '
	printf 'CPU: user and system\n\n'
}

positive()
{
	[[ $2 =~ ^[1-9][0-9]*$ ]] || die "$1: want a positive number"
}

[[ $# -eq 2 ]] || die 'usage: GEN=program bench.sh BINDIR WORKDIR'
[[ -n ${EPOCHREALTIME-} ]] || die 'needs bash 5 or newer'
runs=${RUNS-5} peer_runs=${PEER_RUNS-1} start_runs=${START_RUNS-100}
positive RUNS "$runs"
positive PEER_RUNS "$peer_runs"
positive START_RUNS "$start_runs"
time=$(type -P time)
if ! "${time:-false}" -q -o /dev/null -f '%U %M' true 2>/dev/null; then
	die 'needs GNU time: apt-get install time'
fi
[[ -n ${GEN-} ]] || die 'GEN: want the compiled gen.c'
gen=$(realpath -e -- "$GEN") || die "no program $GEN"
[[ -n ${GENTEXT-} ]] || die 'GENTEXT: want the compiled gentext.c'
gentext=$(realpath -e -- "$GENTEXT") || die "no program $GENTEXT"
bin=$(realpath -e -- "$1") || die "no directory $1"
if ! { mkdir -p -- "$2" && cd -- "$2"; }; then
	die "cannot use directory $2"
fi
tmp=$(mktemp -d) || die 'no temporary directory'
trap 'rm -rf -- "$tmp"' EXIT
missed=0

make_inputs
header
row job user RSS peer user RSS ratio goal verdict
for job in "${jobs[@]}"; do
	run_job "$job"
done
printf '\n%-18s %6s %6s %6s %9s  %-22s %6s %6s  %s\n' reader user RSS \
    MB/s goal peer user ratio verdict
for speed in "${speeds[@]}"; do
	run_speed "$speed"
done
for line in "${repeats[@]}"; do
	run_repeat "$line"
done
printf '\n'
picture_row picture by CPU RSS bytes frames ratio goal verdict
for picture in "${pictures[@]}"; do
	run_picture "$picture"
done
printf '\n'
comparison_row comparison CPU RSS peer CPU RSS ratio goal verdict
for line in "${comparisons[@]}"; do
	run_comparison "$line"
done
printf '\n%-24s %6s %6s %8s %7s  %s\n' report user RSS plain ratio verdict
for report in "${reports[@]}"; do
	run_report "$report"
done
"$time" -f 'wc -l of the perf text: %e s wall' wc -l big.perf.txt 2>&1 |
    grep wall
printf '\n%-32s %8s %8s  %s\n' "start-up, mean of $start_runs" ms limit verdict
for start in "${starts[@]}"; do
	run_start "$start"
done
exit "$missed"
