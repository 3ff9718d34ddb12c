#!/bin/bash
# SPDX-License-Identifier: MIT
# What pregress writes for others: JSON against the schema that we publish,
# JUnit against a schema of what CI servers take, annotations that no name can
# leave; and the recipes of the manual, whose commands run here as they stand
# there.
set -u
here=$(cd "$(dirname "$0")" && pwd)
BIN=$(cd "$BIN" && pwd) || exit 2
export PATH="$BIN:$PATH" LC_ALL=C
unset PROFKIT_OPTS NO_COLOR CLICOLOR_FORCE COLUMNS SOURCE_DATE_EPOCH
# shellcheck source=tests/result.sh
. "${0%/*}/result.sh"
mkdir -p "$TESTTMP"
dir=$(mktemp -d "$TESTTMP/gate.XXXXXX") || exit 2
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 2
schema=$here/../cmd/profkit-regress-1.schema.json
runs=$TESTDATA/pprof/runs

# --- forms ------------------------------------------------------------------

# All forms of one comparison in one run, each checked.
forms()
{
	rm -f ./g.*
	pregress -q --json=g.json --junit=g.xml --github=g.github \
	    --markdown=g.md --tsv=g.tsv --csv=g.csv --jsonl=g.jsonl "$@" \
	    >g.txt 2>g.err
	[ $? -le 1 ]
	result $? "pregress $*: $(head -n 1 g.err)"
	if command -v python3 >/dev/null; then
		python3 "$here/schema.py" --strict "$schema" g.json >g.log 2>&1
		result $? "$*: $(head -n 3 g.log)"
	fi
	if command -v xmllint >/dev/null; then
		xmllint --noout --nonet --schema "$here/junit.xsd" g.xml \
		    2>g.log
		result $? "$*: $(head -n 3 g.log)"
	fi
	! grep -Eqv '^::(error|warning|notice) ([a-z]+=[^,:]*,)*title=[^,:]*::' \
	    g.github && [ "$(grep -Evc '^::notice' g.github)" -le 11 ]
	result $? "$*: annotations: $(head -n 3 g.github)"
	[ "$(wc -c <g.md)" -le 60000 ] &&
	    head -n 1 g.md | grep -Eq '^<!-- pregress:[0-9a-f]{16} -->$'
	result $? "$*: comment"
	[ "$(awk -F'\t' 'NF != 18' g.tsv | wc -l)" = 0 ] &&
	    [ "$(wc -l <g.tsv)" = "$(($(wc -l <g.jsonl) + 1))" ]
	result $? "$*: rows"
	[ "$(tr -d '\11\12\40-\176\200-\377' <g.txt | wc -c)" = 0 ]
	result $? "$*: control characters in text"
}

# shellcheck disable=SC2016 # nothing is to expand
bad='--::error file=x,line=1::%0A]]><script>|`c``"=cmd##[error]'
{
	printf 'main;%s 500\nmain;g 500\n' "$bad"
	printf 'main;%b 500\n' 'a\x01\x1b[31m\xff\r'
} >hostile1
sed 's/ 500$/ 4000/' hostile1 >hostile2
printf 'f 1000\ng 1000\n' >flat1
printf 'f 1001\ng 999\n' >flat2
printf 'f 1000\n' >one1
printf 'f 1000\nnew 900\n' >one2

forms "$TESTDATA/pprof/a.pb" "$TESTDATA/pprof/b.pb"
forms "$TESTDATA/pprof/b.pb" "$TESTDATA/pprof/a.pb"
forms "$TESTDATA/pprof/a.pb" "$TESTDATA/pprof/a.pb"
forms --base "$runs"/v1.*.pb.gz --new "$runs"/v2.*.pb.gz
forms --base "$runs"/v1.[123].*.gz --new "$runs"/v1.[45].*.gz
forms -v --min-runs 10 --base "$runs"/v1.*.pb.gz --new "$runs"/v2.*.pb.gz
forms --metric self,total,calls,per-call "$TESTDATA/cprofile/py313.prof" \
	"$TESTDATA/cprofile/py313.prof"
forms hostile1 hostile2
forms hostile2 hostile1
forms flat1 flat2
forms one1 one2
forms one2 one1

# Where there is no base yet, each form is of the same kind.
forms --missing-baseline=pass none one1
forms --missing-baseline=pass --focus f --metric self none flat1

# What the checkers are for: they see what is wrong.
if command -v python3 >/dev/null; then
	pregress -q --json "$TESTDATA/pprof/a.pb" "$TESTDATA/pprof/b.pb" >g.json
	for change in 's/"verdict": "[A-Z]*"/"verdict": "MAYBE"/' \
	    's/"runs": 1/"runs": "1"/' 's/"unit": /"units": /' \
	    's/"kind": "[a-z]*"/"kind": "x"/' \
	    's/"support": [0-9.]*/"support": NaN/'; do
		sed "$change" g.json >h.json
		if cmp -s g.json h.json; then
			continue
		fi
		! python3 "$here/schema.py" --strict "$schema" h.json >g.log
		result $? "schema.py does not see $change"
	done
fi

# --- recipes ----------------------------------------------------------------

# recipe NAME: a block of the manual as its reader has it.
recipe()
{
	awk -v name="$1" '
	$0 == ".\\\" recipe " name { found = 1; next }
	found && /^\.Bd/ { inside = 1; next }
	/^\.Ed/ { found = inside = 0 }
	inside {
		if (/^\./)
			print "a line that is taken for a macro" >"/dev/stderr"
		sub(/^\\&/, "")
		gsub(/\\\(aq/, "\047")
		gsub(/\\e/, "\\")
		print
	}' "$here/../cmd/pregress.1" | sed "${recipe_edit-}"
}

# Shell commands of a recipe, those for the main branch only where asked for.
github()
{
	recipe github | awk -v main="$1" '
	/^- / { only = /^- if: .*main/ }
	/run: \|$/ { inside = 1; next }
	inside && /^    / {
		if (!only || main)
			print substr($0, 5)
		next
	}
	{ inside = 0 }'
}

gitlab()
{
	printf 'CI_DEFAULT_BRANCH=main CI_COMMIT_BRANCH=%s\n' "${1:-topic}"
	recipe gitlab | awk '
	/^  script:/ { inside = 1; next }
	/^  [a-z]/ { inside = 0 }
	inside && /^    - / { printf "%s%s", sep, substr($0, 7); sep = "\n"; next }
	inside { sub(/^ +/, " "); printf "%s", $0 }
	END { print "" }'
}

jenkins()
{
	recipe jenkins | awk -v main="$1" -v q="'" '
	/stage\(/ { only = 0 }
	/when \{ branch/ { only = 1 }
	!inside && $1 == "sh" {
		inside = 1
		sub(/^ *sh /, "")
		quote = substr($0, 1, 3) == q q q ? q q q : q
		$0 = substr($0, length(quote) + 1)
	}
	inside {
		gsub(/\\\\/, "\\")
		end = length($0) - length(quote)
		done = substr($0, end + 1) == quote
		if (!only || main)
			print done ? substr($0, 1, end) : $0
		if (done)
			inside = 0
	}'
}

make_recipe()
{
	echo "make -s perf${1:+-accept}"
}

# What keeps perf-base from job to job: a job of GitHub and GitLab begins in an
# empty folder, with what the cache has; the others stay where they are.
cached()
{
	[ "$1" = github ] || [ "$1" = gitlab ]
}

# key NAME RUN: what the cache of this run is called.
key()
{
	if [ "$1" = github ]; then
		recipe github | sed -n "s/^ *key: \\(.*\\)\\\${{.*/\\1$2/p"
	else
		recipe gitlab | sed -n 's/^ *key: //p'
	fi
}

# begin_job NAME: the newest cache that restore-keys, or the key, leads to.
begin_job()
{
	local from
	cached "$1" || return 0
	rm -rf perf-base perf-new perf-next
	if [ "$1" = github ]; then
		from=$(recipe github | sed -n 's/^ *restore-keys: //p')'*'
	else
		from=$(key gitlab)
	fi
	# shellcheck disable=SC2086,SC2012 # a prefix; names are ours
	from=$(ls -d cache/$from 2>/dev/null | sort -V | tail -n 1)
	[ -z "$from" ] || cp -r "$from" perf-base
}

# A cache of GitHub is written once and never changed.
end_job()
{
	local to
	job=$((job + 1))
	cached "$1" && [ -d perf-base ] || return 0
	to=cache/$(key "$1" $job)
	rm -rf "$to"
	mkdir -p cache && cp -r perf-base "$to"
}

# forget NAME: what the manual says that begins a new base.
forget()
{
	case $1 in
	github | gitlab) recipe_edit='s/perf-1/perf-2/' ;;
	make_recipe) make -s perf-forget ;;
	*) rm -rf perf-base ;;
	esac
}

# A program that writes profiles, of the version that VERSION names: a dozen
# functions that vary by some percent from run to run; one is twice as slow in
# v2.  v1b is v1 on another day.
bench_program()
{
	cat >bench <<-'END'
		#!/bin/bash
		set -e
		out=${1#-cpuprofile=}
		run=${out##*/}
		awk -v run="${run%.pb.gz}" -v version="$VERSION" 'BEGIN {
			if (version == "v2")
				run += 10
			if (version == "v1b")
				run += 20
			for (i = 1; i <= 12; i++) {
				n = 400 * i * (1 + 0.03 * sin(7 * run + 3 * i))
				if (version == "v2" && i == 5)
					n *= 2
				printf "main;work%d;step%d %d\n", i % 3, i, n
			}
		}' | pconvert -q -o "$out" -
	END
	chmod +x bench
}

# step NAME VERSION MAIN STATUS WHAT
step()
{
	local rc
	rm -rf perf.xml perf.md
	begin_job "$1"
	"$1" "$3" >script 2>macro
	[ -s script ] && ! grep -q '\.Ed' script && [ ! -s macro ]
	result $? "$1: no commands"
	VERSION=$2 timeout 60 bash -e script >out 2>err </dev/null
	rc=$?
	if [ "$1" = make_recipe ] && [ $rc = 2 ]; then
		rc=$(sed -n 's/.*Error \([0-9]*\)$/\1/p' err)
	fi
	[ "$rc" = "$4" ]
	result $? "$1: $5: status $rc, not $4: $(tail -n 2 err)"
	[ "$rc" != 0 ] || end_job "$1"
	if [ "$1" != github ] && [ -z "$3" ] && command -v xmllint >/dev/null
	then
		xmllint --noout --nonet --schema "$here/junit.xsd" perf.xml \
		    2>err
		result $? "$1: $5: perf.xml: $(head -n 2 err)"
	fi
}

stored()
{
	cat perf-base/* 2>/dev/null | cksum
	find perf-base -type f 2>/dev/null | wc -l
}

recipes()
{
	local name
	export GITHUB_STEP_SUMMARY=$dir/summary
	for name in github gitlab jenkins make_recipe; do
		rm -rf work summary
		mkdir work
		cd work || exit 2
		job=0
		recipe_edit=
		bench_program
		recipe make >Makefile
		! recipe make 2>&1 >/dev/null | grep -q macro
		result $? "make: a line of the recipe is a macro"
		step $name v1 '' 0 "no base yet"
		step $name v1 main 0 "the first base"
		[ "$(stored | tail -n 1)" = 5 ]
		result $? "$name: the base has not five runs"
		stored >before
		step $name v1 '' 0 "nothing has changed"
		step $name v1 main 0 "the same again"
		stored | cmp -s - before
		result $? "$name: the base is not the same"
		step $name v2 '' 1 "slower"
		grep -q 'FAIL' out
		result $? "$name: no verdict in what it prints"
		step $name v2 main 1 "slower on main"
		stored | cmp -s - before
		result $? "$name: what is slower became the base"
		step $name v1b main 0 "another day"
		[ "$(stored | tail -n 1)" = 5 ] && ! stored | cmp -s - before
		result $? "$name: the base is not replaced, but grows"
		forget $name
		step $name v2 main 0 "slower on purpose"
		[ "$(stored | tail -n 1)" = 5 ]
		result $? "$name: no new base was begun"
		step $name v2 '' 0 "as slow as the new base"
		cd ..
	done
}

recipes

echo "gate: $passed passed, $failed failed"
[ $failed = 0 ]
