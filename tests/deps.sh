#!/bin/sh
# SPDX-License-Identifier: MIT
# Install the Debian packages named as arguments that are missing; say
# nothing when all are there.  Elsewhere print what is needed.
set -eu
missing=
if command -v dpkg-query >/dev/null 2>&1; then
	for p in "$@"; do
		s=$(dpkg-query -W -f '${Status}' "$p" 2>/dev/null || true)
		case $s in
		*"ok installed") ;;
		*) missing="$missing $p" ;;
		esac
	done
	[ -n "$missing" ] || exit 0
else
	for c in pkg-config protoc-c; do
		command -v $c >/dev/null 2>&1 || missing="$*"
	done
	pkg-config --exists libprotobuf-c zlib libpcre2-8 libxml-2.0 check \
	    2>/dev/null || missing="$*"
	[ -n "$missing" ] || exit 0
fi
if ! command -v apt-get >/dev/null 2>&1; then
	echo "Please install what these Debian packages hold: $missing" >&2
	exit 1
fi
as_root=
[ "$(id -u)" = 0 ] || as_root=sudo
echo "installing:$missing"
export DEBIAN_FRONTEND=noninteractive
# An old list of packages may name files that are gone: update it then.
# shellcheck disable=SC2086
$as_root apt-get install -y -q $missing || {
	$as_root apt-get update -q
	$as_root apt-get install -y -q $missing
}
