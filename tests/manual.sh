#!/bin/bash
# SPDX-License-Identifier: MIT
# Run every example of the manuals (".Dl $ COMMAND"), of README.md ("$ COMMAND"
# in its code, and the commands in its tables) and of -h.  Each must end with
# status 0, or with N where a comment "exit N" stands before it, and print
# something or write a file.
set -u
here=$(cd "$(dirname "$0")" && pwd)
passed=0
failed=0
skipped=0
mkdir -p "$TESTTMP"
dir=$(mktemp -d "$TESTTMP/manual.XXXXXX") || exit 2
trap 'rm -rf "$dir"' EXIT
mkdir "$dir/bin" "$dir/files" "$dir/home"
# A case may change its folder.
BIN=$(cd "$BIN" && pwd) || exit 2
export PATH="$BIN:$dir/bin:$PATH" LC_ALL=C PID=1 HOME="$dir/home"
export GIT_CONFIG_NOSYSTEM=1 GIT_PAGER=cat
unset PROFKIT_OPTS NO_COLOR CLICOLOR_FORCE COLUMNS SOURCE_DATE_EPOCH

# Programs that the examples use and a machine may not have.
stub()
{
	printf '#!/bin/bash\n%s\n' "$2" >"$dir/bin/$1"
	chmod +x "$dir/bin/$1"
}

make_stubs()
{
	stub curl 'cat cpu.pb.gz'
	stub ssh 'cat cpu.pb.gz'
	stub perf 'cat perf.txt'
	stub stackcollapse-perf.pl 'exec cat'
	stub py-spy 'cat in.folded'
	# shellcheck disable=SC2016 # for the stub to expand
	stub python3 'cat "$HOME/../files/run.prof" >run.prof'
	# shellcheck disable=SC2016 # for the stub to expand
	stub parallel 'for last; do :; done; bash -c "$last"; bash -c "$last"'
	# shellcheck disable=SC2016
	stub flamegraph.pl 'grep -q " [0-9]*$" && echo "<svg/>"'
}

# Sample files under the names that the examples use.
make_files()
{
	local p="$TESTDATA/pprof" i
	mkdir base prof host1 host2 bench
	cp "$p/a.pb" "$p/b.pb" .
	cp "$TESTDATA/perf/real_fp.txt" perf.txt
	cp "$TESTDATA/cprofile/py313.prof" run.prof
	for i in 1 2 3 4 5; do
		cp "$p/runs/v1.$i.cpu.pb.gz" "base/$i.pb.gz"
		cp "$p/runs/v1.$i.cpu.pb.gz" "prof/$i.pb.gz"
		cp "$TESTDATA/ab/go/v1.$i.pb.gz" .
		cp "$TESTDATA/ab/go/v2.$i.pb.gz" .
	done
	cp "$p/runs/v2.1.cpu.pb.gz" new.pb.gz
	cp "$p/runs/v1.1.cpu.pb.gz" old.pb.gz
	cp "$p/runs/v1.1.cpu.pb.gz" base.pb.gz
	cp "$p/runs/v1.2.cpu.pb.gz" host1/cpu.pb.gz
	cp "$p/runs/v1.3.cpu.pb.gz" host2/cpu.pb.gz
	cp "$p/tags.pb.gz" .
	cp "$p/heap.pb.gz" heap1.pb.gz
	cp "$p/heap.pb.gz" heap.pb.gz
	cp "$p/heap2.pb.gz" heap2.pb.gz
	for i in in a old; do
		cp "$TESTDATA/folded/perf.folded" "$i.folded"
	done
	cp "$TESTDATA/folded/perf2.folded" b.folded
	cp "$TESTDATA/folded/perf2.folded" new.folded
	pconvert -z -o cpu.pb.gz - <<-'END'
		main.main;net/http.HandlerFunc.ServeHTTP;main.parse 7
		main.main;net/http.HandlerFunc.ServeHTTP;main.parse;malloc 5
		main.main;main.parse;runtime.convT;malloc 3
		runtime.gcBgMarkWorker;runtime.scanobject 2
	END
	cp cpu.pb.gz bench/cpu.pb.gz
}

# A repository whose last commit changed a profile.
make_repository()
{
	command -v git >/dev/null 2>&1 || return
	git init -q . && git config user.name x && git config user.email x@y
	echo '*.pb.gz diff=profile' >.gitattributes
	cp "$TESTDATA/pprof/a.pb.gz" bench/cpu.pb.gz
	git add .gitattributes bench && git commit -q -m 1
	cp "$TESTDATA/pprof/b.pb.gz" bench/cpu.pb.gz
	git add bench && git commit -q -m 2
}

fail()
{
	failed=$((failed + 1))
	echo "FAILED: $1: $2"
	echo "  $3"
	head -n 3 "$dir/err" | sed 's/^/  /'
}

# lacks COMMAND: a program that it needs and we do not replace.
lacks()
{
	local program
	for program in jq git; do
		case " $1 " in
		*[\ \|]"$program "*)
			command -v $program >/dev/null 2>&1 && continue
			echo "manual: SKIP ($program is not installed): $1"
			return 0
			;;
		esac
	done
	return 1
}

# What there is, to see whether a command has written anything.
state()
{
	find . -type f -exec cksum {} + | sort
}

# example WHERE STATUS COMMAND; STATUS may be a list: "0 1".
example()
{
	local rc
	if lacks "$3"; then
		skipped=$((skipped + 1))
		return
	fi
	state >"$dir/before"
	timeout 60 bash -c "$3" >"$dir/out" 2>"$dir/err" </dev/null
	rc=$?
	case " $2 " in
	*" $rc "*) ;;
	*)
		fail "$1" "status $rc, not $2" "$3"
		return
		;;
	esac
	if grep -q 'unknown option\|not found' "$dir/err"; then
		fail "$1" "complains" "$3"
	elif [ ! -s "$dir/out" ] && state | cmp -s - "$dir/before"; then
		fail "$1" "prints nothing" "$3"
	else
		passed=$((passed + 1))
	fi
}

# Output that the README shows must be what comes out; "..." stands for any
# number of lines.
# block_is_true FILE N: the N-th such block.
block_is_true()
{
	local command
	awk -v n="$2" '/^```/ { inside = !inside; at += inside; next }
	inside && at == n && /^\$ / { print substr($0, 3); exit }' "$1" \
	    >"$dir/command"
	awk -v n="$2" '/^```/ { inside = !inside; at += inside; next }
	inside && at == n && !/^\$ /' "$1" >"$dir/want"
	command=$(cat "$dir/command")
	bash -c "$command" >"$dir/out" 2>"$dir/err" </dev/null
	if [ -s "$dir/want" ] && awk '
	FNR == NR { out[n++] = $0; next }
	$0 == "..." { skip = 1; next }
	{
		while (skip && at < n && out[at] != $0)
			at++
		skip = 0
		if (out[at++] != $0) {
			print "  not there: " $0
			exit 1
		}
	}' "$dir/out" "$dir/want"; then
		passed=$((passed + 1))
	else
		fail README.md "shows what does not come out" "$command"
	fi
}

readme_is_true()
{
	local i n
	n=$(($(grep -c '^```' "$1") / 2))
	[ "$n" -gt 0 ] || fail README.md "shows nothing" ""
	for ((i = 1; i <= n; i++)); do
		block_is_true "$1" $i
	done
}

# columns_are_true COMMAND...: the header of a table is in the manual of
# forms as it is.
columns_are_true()
{
	local header
	header=$("$@" 2>/dev/null | head -n 1 | tr '\t' ' ')
	if [ -n "$header" ] && sed 's/^\.[A-Z][a-z] //' \
	    "$here/../cmd/profkit-forms.5" | tr -s ' \n' ' ' |
	    grep -qF -- "$header"; then
		passed=$((passed + 1))
	else
		fail profkit-forms.5 "lacks the columns $header" "$*"
	fi
}

# examples WHERE: lines "STATUS COMMAND" from standard input, in one folder
# of their own.
examples()
{
	local status command any=0
	rm -rf "$dir/work"
	cp -R "$dir/files" "$dir/work"
	cd "$dir/work" || exit 2
	while IFS=$'\t' read -r status command; do
		example "$1" "$status" "$command"
		any=1
	done
	[ $any = 1 ] || fail "$1" "no examples" ""
}

from_manual()
{
	awk '
	/^\.\\" exit [0-9]/ { status = $3; next }
	/^\.Dl \$ / {
		command = substr($0, 7)
		gsub(/\\\(aq/, "\047", command)
		gsub(/\\\(dq/, "\"", command)
		gsub(/\\e/, "\\", command)
		print status + 0 "\t" command
	}
	{ status = 0 }' "$1"
}

from_readme()
{
	awk '
	/^<!-- exit [0-9]+ -->/ { status = $3; next }
	/^```/ { inside = !inside; if (!inside) status = 0; next }
	inside && /^\$ / { print status + 0 "\t" substr($0, 3) }
	/^\|.*\| `.*` \|$/ {
		sub(/^\|.*[^\\]\| `/, "")
		sub(/` \|$/, "")
		gsub(/\\\|/, "|")
		print "0 1\t" $0
	}' "$1"
}

from_help()
{
	"$1" -h | awk '/^  # / { getline; print "0 1\t" substr($0, 3) }'
}

make_stubs
cd "$dir/files" || exit 2
make_files
make_repository
for tool in pconvert ptop pdiff pflame pregress; do
	examples "$tool.1" < <(from_manual "$here/../cmd/$tool.1")
	examples "$tool -h" < <(from_help $tool)
done
examples profkit-forms.5 < <(from_manual "$here/../cmd/profkit-forms.5")
examples README.md < <(from_readme "$here/../README.md")
readme_is_true "$here/../README.md"
columns_are_true pdiff --tsv a.pb b.pb
columns_are_true pdiff --tree --tsv a.pb b.pb
columns_are_true pregress --tsv a.pb b.pb
columns_are_true pregress --calibrate base
columns_are_true ptop --labels --tsv tags.pb.gz
columns_are_true pconvert --formats --tsv
[ $skipped = 0 ] || echo "manual: $skipped skipped"
echo "manual: $passed passed, $failed failed"
[ $failed = 0 ]
