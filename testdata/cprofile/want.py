#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""want.py FILE: what pstats says about a .prof, each row of it.

Columns: calls, primitive calls, self and total time in nanoseconds, caller
("-" for the function itself) and callee as pstats prints them, sorted.  Of
the callers in files of the module profile only the calls are known.  Python
only loads files of its own version when they hold code objects, so this
runs under 2.7, too."""
import fractions
import io
import marshal
import pstats
import sys

LARGEST = 2 ** 63 - 1


def text(s):
    if hasattr(s, "co_name"):
        s = "<code object %s>" % s.co_name
    if isinstance(s, bytes):
        s = s.decode("utf-8", "replace")
    return s.replace("\\", "\\\\")


def name(key):
    return text(pstats.func_std_string(tuple(
        text(k) if i != 1 else k for i, k in enumerate(key))))


def nanoseconds(seconds):
    if isinstance(seconds, float) and (
            seconds != seconds or abs(seconds) == float("inf")):
        return 0
    exact = fractions.Fraction(seconds) * 10 ** 9
    ns = int(abs(exact) + fractions.Fraction(1, 2))
    return 0 if ns > LARGEST else ns if exact >= 0 else -ns


def calls(n):
    return min(max(n, 0), 2 ** 61)


def row(nc, cc, tt, ct, caller, callee):
    return "%s\t%s\t%s\t%s\t%s\t%s" % (
        calls(nc), calls(cc), nanoseconds(tt), nanoseconds(ct), caller,
        callee)


def rows(stats):
    for f, (cc, nc, tt, ct, callers) in stats.items():
        yield row(nc, cc, tt, ct, "-", name(f))
        for g, edge in callers.items():
            if isinstance(edge, tuple):
                yield row(*(edge + (name(g), name(f))))
            else:
                yield "%s\t-\t-\t-\t%s\t%s" % (calls(edge), name(g), name(f))
    for g in set(g for v in stats.values() for g in v[4]) - set(stats):
        yield row(0, 0, 0, 0, "-", name(g))


def main():
    with open(sys.argv[1], "rb") as f:
        stats = marshal.load(f)
    lines = sorted(r.encode("utf-8", "backslashreplace")
                   for r in rows(stats))
    out = getattr(sys.stdout, "buffer", sys.stdout)
    out.write(b"".join(r + b"\n" for r in lines))


main()
