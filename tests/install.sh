#!/bin/bash
# SPDX-License-Identifier: MIT
# "make install" as packagers and users do it: programs and manuals are in
# place, a program finds the library by pkg-config, shared and static, and
# "make uninstall" leaves nothing.  make gives BUILD, SAN, SAN_FLAGS, CC.
set -u
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/result.sh
. "${0%/*}/result.sh"
mkdir -p "$TESTTMP"
dir=$(mktemp -d "$TESTTMP/install.XXXXXX") || exit 2
trap 'rm -rf "$dir"' EXIT
cd "$here/.." || exit 2
prefix=$dir/usr
CC=${CC-cc}
# Leaks are for the tests of the library to find.
export ASAN_OPTIONS=detect_leaks=0

run_make()
{
	"${MAKE-make}" -s BUILD="$BUILD" SAN="${SAN-}" "$@" >"$dir/log" 2>&1
	result $? "make $*: $(tail -n 3 "$dir/log")"
}

# has FILE...: each is there and not empty.
has()
{
	local file
	for file; do
		[ -s "$file" ]
		result $? "not installed: ${file#"$dir"/}"
	done
}

tools='pconvert ptop pdiff pflame pregress'

# As a user: straight to where it stays.
run_make install PREFIX="$prefix"
for tool in $tools; do
	has "$prefix/bin/$tool" "$prefix/share/man/man1/$tool.1"
	[ "$("$prefix/bin/$tool" -V)" = "$tool (Profkit) 1.0.0" ]
	result $? "$tool -V"
done
has "$prefix/share/man/man5/profkit-forms.5"
has "$prefix/share/profkit/profkit-regress-1.schema.json"
has "$prefix/lib/libanalysis.a" "$prefix/lib/libanalysis.so"
has "$prefix/lib/pkgconfig/libanalysis.pc"
has "$prefix/include/profkit/formats/format.h"
has "$prefix/include/profkit/libanalysis/profile.h"
[ -z "$(grep -r '#include "' "$prefix/include" | sed 's/.*"\(.*\)"/\1/' |
    sort -u | while read -r h; do
	[ -e "$prefix/include/profkit/$h" ] || echo "$h"
done)" ]
result $? "an installed header includes one that is not"

# A program that knows installed headers only.
export PKG_CONFIG_PATH=$prefix/lib/pkgconfig
[ "$(pkg-config --modversion libanalysis)" = 1.0.0 ]
result $? "pkg-config --modversion"
want=$("$prefix/bin/ptop" --tsv -n 1 "$TESTDATA/pprof/a.pb" |
    awk -F'\t' 'NR == 2 { print $4 }')
cp tests/installed.c "$dir"
# Word splitting is what the flags are made for.
# shellcheck disable=SC2046,SC2086
build()
{
	(cd "$dir" && $CC -std=c11 -Wall -Wextra -Werror ${SAN_FLAGS-} \
	    -o "$1" installed.c $(pkg-config --cflags libanalysis) $2) \
	    >"$dir/log" 2>&1
	result $? "$1: does not link: $(head -n 3 "$dir/log")"
}

build shared "$(pkg-config --libs libanalysis)"
[ "$(LD_LIBRARY_PATH=$prefix/lib "$dir/shared" "$TESTDATA/pprof/a.pb")" = \
    "$want" ]
result $? "shared: wrong answer"
# Our archive with the shared libraries it needs: --static would also ask for
# what these need in turn, which Debian does not install with them.
alone=$(sed -n 's/^Libs.private: //p' \
    "$prefix/lib/pkgconfig/libanalysis.pc")
# shellcheck disable=SC2046
build static "$(pkg-config --libs libanalysis \
    $(pkg-config --print-requires-private libanalysis) |
    sed 's/-lanalysis/-l:libanalysis.a/') $alone"
[ "$("$dir/static" "$TESTDATA/folded/perf.folded")" = merge ]
result $? "static: wrong answer"
if [ -z "${SAN-}" ]; then
	ldd "$dir/static" | grep -q libanalysis
	[ $? = 1 ]
	result $? "static: needs libanalysis.so"
	ldd "$dir/shared" | grep -q 'libanalysis.so.1'
	result $? "shared: does not need libanalysis.so.1"
fi
run_make uninstall PREFIX="$prefix"
[ -z "$(find "$prefix" -type f -o -type l)" ]
result $? "uninstall leaves $(find "$prefix" -type f -o -type l | head -n 3)"

# As a packager: staged, under other names.
run_make install PREFIX=/opt/x DESTDIR="$dir/stage" PROGRAM_PREFIX=pk-
for tool in $tools; do
	has "$dir/stage/opt/x/bin/pk-$tool"
	has "$dir/stage/opt/x/share/man/man1/pk-$tool.1"
	[ ! -e "$dir/stage/opt/x/bin/$tool" ]
	result $? "PROGRAM_PREFIX: $tool is there as well"
done
grep -q '^prefix=/opt/x$' "$dir/stage/opt/x/lib/pkgconfig/libanalysis.pc"
result $? "libanalysis.pc does not name the final prefix"
! grep -rq "$dir/stage" "$dir/stage/opt/x/lib/pkgconfig"
result $? "libanalysis.pc names the staging folder"
run_make uninstall PREFIX=/opt/x DESTDIR="$dir/stage" PROGRAM_PREFIX=pk-
[ -z "$(find "$dir/stage" -type f -o -type l)" ]
result $? "uninstall leaves something staged"

echo "install: $passed passed, $failed failed"
[ $failed = 0 ]
