# SPDX-License-Identifier: MIT
# The rows of a .prof as pstats prints them, by pstats itself:
#     python3 want.py X.prof X.want.tsv
# calls, primitive calls, own and cumulative ns, caller, callee; a row about a
import pstats
import re
import sys


def ns(seconds):
    return int(("%.3f" % seconds).replace(".", "") + "000000")


def key(function):
    name = pstats.func_std_string(function)
    return re.sub(r" at 0x[0-9a-f]+, file .*, line \d+>\)$", ">)", name)


def main(path, to):
    rows = []
    for function, (cc, nc, tt, ct, callers) in pstats.Stats(path).stats.items():
        rows.append((nc, cc, ns(tt), ns(ct), "", key(function)))
        for caller, edge in callers.items():
            if isinstance(edge, tuple):
                nc, cc, tt, ct = edge
                rows.append((nc, cc, ns(tt), ns(ct), key(caller),
                             key(function)))
            else:
                rows.append((edge, "", "", "", key(caller), key(function)))
    with open(to, "w") as out:
        for line in sorted("\t".join(map(str, row)) for row in rows):
            out.write(line + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
