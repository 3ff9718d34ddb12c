#!/usr/bin/env python3
"""Writes X.want.tsv for each X.folded: self and total weight of each frame.

usage: want.py [FILE.folded ...]     (no arguments: all files beside this script)

The rules, kept simple on purpose, so that they can be checked by reading:
a line is "frame;frame;... weight", or two weights (base and new, the output
of difffolded.pl); self is the weight of the last frame, total counts every
distinct frame once per line; _[k] _[j] _[i] _[0] _[1] at the end of a frame
are annotations, not part of its name; empty frames are left out, and so are
rows with nothing but zeros.
"""
import collections
import pathlib
import re
import sys

ANNOTATION = re.compile(r"_\[[kji01]\]$")
TWO = re.compile(r"^(.*)\s+(\d+)\s+(\d+)$")
ONE = re.compile(r"^(.*)\s+(\d+)$")


def want(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    lines = [line for line in lines if line.strip()]
    two = all(TWO.match(line) for line in lines)
    types = ["base", "new"] if two else ["samples"]
    flat, cum = collections.Counter(), collections.Counter()
    for line in lines:
        stack, *weights = (TWO if two else ONE).match(line).groups()
        names = [ANNOTATION.sub("", f.strip()) for f in stack.split(";")]
        names = [name for name in names if name]
        for kind, weight in zip(types, map(int, weights)):
            cum[kind, "TOTAL"] += weight
            flat[kind, "TOTAL"] += weight
            flat[kind, names[-1]] += weight
            for name in set(names):
                cum[kind, name] += weight
    rows = [(k, flat[k, n], v, n) for (k, n), v in cum.items() if v]
    rows.sort(key=lambda r: (r[0].encode(), r[3].encode()))
    with open(path.with_suffix(".want.tsv"), "w", encoding="utf-8") as out:
        print("type", "flat", "cum", "name", sep="\t", file=out)
        for row in rows:
            print(*row, sep="\t", file=out)


def main():
    here = pathlib.Path(__file__).parent
    files = [pathlib.Path(a) for a in sys.argv[1:]]
    for path in files or sorted(here.glob("*.folded")):
        want(path)


if __name__ == "__main__":
    main()
