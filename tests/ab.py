#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Real runs of unchanged and of changed code, drawn again and again.

Draws five runs a side, without replacement, from the twelve recordings of
each build in testdata/ab: two times the same build (A/A), and both builds
(A/B); lets pregress and pdiff judge them, and compares what they name with
what was planted.

    ab.py [--draws N] [--seed N] [--sets LIST] [--compare] [--update]
    ab.py --self-test

--compare adds simpler rules and `go tool pprof -diff_base` on the same draws;
--update writes the table into testdata/ab/README.md.  BIN, TESTDATA, TESTTMP:
as for the other tests.  PROFKIT_CORPUS: recordings of the same kind, of few
runs a side, all pairs and all sets of which are judged too.
"""
import argparse
import concurrent.futures
import glob
import itertools
import json
import os
import random
import re
import shutil
import subprocess
import sys

ALARM = .02     # of draws that may name code that is the same
NAMED = .95     # of A/B draws that name what was planted first
# Of draws in which pdiff may list code that is the same, at q = .05: that, and
# three standard deviations of 200 draws.
LISTED = .096
# Of the names that pdiff gives, where there are changes: more than the 6 % of
# invented programs, as a third of all code was changed in go/.
FALSE = .15
# The kernel's clock interrupts a program that runs twice as long twice as
# often: what it does then did grow.
CLOCK = re.compile("irq|sysvec|schedule")
RUNS = 5
SHARE = .005    # floor of the simpler rules, that of pregress
RATIO = 1.5

# What was planted; a wrapper runs in v2 only, for what it wraps, so that its
# name is as good.
SETS = {
    "go": dict(
        ext="pb.gz", unit="ns",
        planted=("main.hashOrders", "main.reconcile"),
        wrapper={"main.batch.func6": "main.reconcile"}),
    "perf": dict(
        ext="txt.gz", unit="ns",
        planted=("hash_records", "audit_records")),
    "python": dict(
        ext="prof", unit="us",
        planted=("checksum_all", "audit")),
}


def run(*command, ok=(0,)):
    done = subprocess.run(command, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False)
    if done.returncode not in ok:
        raise RuntimeError("%s: exit %d: %s" % (" ".join(
            map(str, command)), done.returncode, done.stderr.decode()))
    return done.stdout.decode()


def tool(name):
    return os.path.join(os.path.abspath(os.environ["BIN"]), name)


def sides(base, new):
    return ["--base", *base, "--new", *new]


# --- what was planted ---------------------------------------------------------

class Truth:
    """Which names may be given: planted code, and what grew below it."""

    def __init__(self, planted, callers=(), below=(), wrapper=None):
        self.planted = frozenset(planted)
        self.callers = frozenset(callers)
        self.below = frozenset(below)
        self.wrapper = wrapper or {}

    def meant(self, names):
        return [self.wrapper.get(n, n) for n in names]

    def wrong(self, names):
        """Of the names given, those of code that is the same."""
        return [n for n in self.meant(names)
                if n not in self.planted | self.below
                and not CLOCK.search(n)]


def stacks(text):
    """(stack, value) of folded text."""
    for line in text.splitlines():
        stack, _, value = line.rpartition(" ")
        yield stack.split(";"), float(value)


def growth(text, planted):
    """{name: (value below planted code, value elsewhere)}."""
    seen = {}
    for stack, value in stacks(text):
        first = next((i for i, f in enumerate(stack) if f in planted), None)
        for name in set(stack):
            under = first is not None and name in stack[first:]
            pair = seen.setdefault(name, [0., 0.])
            pair[0 if under else 1] += value
    return seen


def grown_below(base, new, planted):
    """Names at least four fifths of whose growth is below planted code."""
    before, after = growth(base, planted), growth(new, planted)
    below = set()
    for name, (under, other) in after.items():
        was = before.get(name, (0., 0.))
        more = under - was[0]
        if more > 0 and more >= .8 * (more + max(other - was[1], 0)):
            below.add(name)
    return below - set(planted)


# --- our verdicts -------------------------------------------------------------

def judge(base, new, *options, verdict="REGRESSION"):
    """What pregress says is slower: the functions, and if everything is."""
    report = json.loads(run(tool("pregress"), "-q", "--json", *options,
                            *sides(base, new), ok=(0, 1)))
    found = [f for f in report["findings"] if f["verdict"] == verdict]
    return [f for f in found if f["kind"] != "total"], any(
        f["kind"] == "total" for f in found)


def given(finding):
    """What a finding names: "hash_one called by hash_records" is the latter's
    work, where that is what was planted."""
    caller = finding.get("caller")
    if finding["kind"] == "calls" and any(
            caller in it["planted"] for it in SETS.values()):
        return caller
    return finding["name"]


def listed(base, new, *options):
    """Names of what pdiff has found, slower or faster; and all rows."""
    report = json.loads(run(tool("pdiff"), "-q", "-a", "--json", *options,
                            *sides(base, new)))
    return [given(f) for f in report["findings"]
            if f.get("kind") != "total"], report["rows"]


class Score:
    """What happened in the draws of one kind."""

    def __init__(self):
        self.draws = self.wrong = self.first = self.every = 0
        self.false = 0.     # sum of wrong names by names given
        self.names = {}

    def add(self, names, truth, changed):
        self.draws += 1
        wrong = truth.wrong(names) if changed else list(names)
        self.wrong += bool(wrong)
        self.false += len(wrong) / max(len(names), 1)
        for name in wrong:
            self.names[name] = self.names.get(name, 0) + 1
        meant = truth.meant(names)
        self.first += bool(meant) and meant[0] in truth.planted
        self.every += truth.planted <= set(meant)

    def blamed(self):
        top = sorted(self.names.items(), key=lambda x: (-x[1], x[0]))
        return ", ".join("%s (%d)" % x for x in top[:4])


def draw(rng, paths, changed):
    """Five v five of one build, or of both."""
    if changed:
        return rng.sample(paths[0], RUNS), rng.sample(paths[1], RUNS)
    both = rng.sample(paths[rng.randrange(2)], 2 * RUNS)
    return both[:RUNS], both[RUNS:]


def plan(rng, paths, count):
    """The same number of draws of the same code and of changed code."""
    return [(changed, *draw(rng, paths, changed))
            for changed in (False, True) for _ in range(count)]


def ours(case):
    """Names by pregress, the total among them, and by pdiff."""
    changed, base, new = case
    found, total = judge(base, new)
    names, _ = listed(base, new)
    return changed, [given(f) for f in found], total, names


# --- simpler rules ------------------------------------------------------------

def values(path):
    """{name: (self, total)} by ptop."""
    rows = {}
    text = run(tool("ptop"), "-q", "-a", "-g", "name", "--tsv", path)
    head, *lines = [line.split("\t") for line in text.splitlines()]
    at = [head.index(k) for k in ("self", "total", "name")]
    for line in lines:
        rows[line[at[2]]] = (float(line[at[0]]), float(line[at[1]]))
    return rows


def mean(runs, name, what):
    return sum(r.get(name, (0, 0))[what] for r in runs) / len(runs)


def whole(runs):
    return sum(v[0] for r in runs for v in r.values()) / len(runs)


def bigger(base, new, what):
    """(more, name) of what has the share and the ratio, by means."""
    least = SHARE * max(whole(base), whole(new))
    out = []
    for name in sorted(set().union(*base, *new)):
        x, y = mean(base, name, what), mean(new, name, what)
        if max(x, y) >= least and y >= RATIO * x:
            out.append((y - x, name))
    return out


def by_means(base, new):
    """Everything 1.5 times larger, self first."""
    return bigger(base, new, 0), bigger(base, new, 1)


def separate(base, new):
    """The same, if all new runs are above all base runs."""
    return [[(more, name) for more, name in rows
             if min(r.get(name, (0, 0))[what] for r in new) >
             max(r.get(name, (0, 0))[what] for r in base)]
            for what, rows in enumerate(by_means(base, new))]


def ranks(v):
    """Middle ranks."""
    order = sorted(v)
    return [(order.index(x) + len(order) - order[::-1].index(x) + 1) / 2
            for x in v]


def mann_whitney(x, y):
    """Two-sided p, exact with ties: all ways to split the ranks."""
    r = ranks(list(x) + list(y))
    half = len(x) * (len(r) + 1) / 2
    far = abs(sum(r[:len(x)]) - half) - 1e-9
    splits = [abs(sum(c) - half)
              for c in itertools.combinations(r, len(x))]
    return sum(s >= far for s in splits) / len(splits)


def benjamini_hochberg(p, q):
    """Which of p are found."""
    order = sorted(range(len(p)), key=lambda i: p[i])
    last = max((k for k, i in enumerate(order, 1)
                if p[i] <= q * k / len(p)), default=0)
    return set(order[:last])


def by_ranks(base, new):
    """Mann-Whitney of what has the share, corrected, 1.5 times larger."""
    out = []
    for what in (0, 1):
        least = SHARE * max(whole(base), whole(new))
        names = [n for n in sorted(set().union(*base, *new)) if max(
            mean(base, n, what), mean(new, n, what)) >= least]
        p = [mann_whitney([r.get(n, (0, 0))[what] for r in base],
                          [r.get(n, (0, 0))[what] for r in new])
             for n in names]
        found = {names[i] for i in benjamini_hochberg(p, .05)}
        out.append([row for row in bigger(base, new, what)
                    if row[1] in found])
    return out


def named(rows):
    """Names in the order of a list: what grew by itself most is first."""
    out = []
    for part in rows:
        for _, name in sorted(part, key=lambda r: (-r[0], r[1])):
            if name not in out:
                out.append(name)
    return out


TOP = re.compile(r"^\s*(-?[0-9.]+)(ns|us|s|ms)?\s+-?[0-9.]+%\s+-?[0-9.]+%"
                 r"\s+(-?[0-9.]+)(ns|us|s|ms)?\s+-?[0-9.]+%\s+(.*)$")


def pprof_rows(text):
    """{name: (flat, cum)} of `go tool pprof -top`."""
    rows = {}
    for line in text.splitlines():
        hit = TOP.match(line)
        if hit:
            name = re.sub(r" \((inline|partial-inline)\)$", "",
                          hit.group(5))
            rows[name] = (float(hit.group(1)), float(hit.group(3)))
    return rows


def pprof_top(new, base=()):
    return pprof_rows(run(
        "go", "tool", "pprof", "-symbolize=none", "-top", "-nodecount=0",
        "-nodefraction=0", "-edgefraction=0", "-unit=ns",
        *(["-normalize"] if base else []),
        *("-diff_base=" + b for b in base), *new))


def added(tops):
    rows = {}
    for top in tops:
        for name, pair in top.items():
            was = rows.get(name, (0, 0))
            rows[name] = was[0] + pair[0], was[1] + pair[1]
    return rows


def by_pprof(before, base, new):
    """pprof's difference, filtered: it scales new to the total of base."""
    change = pprof_top(new, base)
    least = SHARE * sum(v[0] for v in before.values())
    out = []
    for what in (0, 1):
        rows = []
        for name in sorted(change):
            x, more = before.get(name, (0, 0))[what], change[name][what]
            if max(x, x + more) >= least and more > 0 and \
                    x + more >= RATIO * x:
                rows.append((more, name))
        out.append(rows)
    return out


PEERS = (
    ("1.5x, one pair", lambda b, n: by_means(b[:1], n[:1])),
    ("1.5x of means, 5 v 5", by_means),
    ("all runs apart and 1.5x", separate),
    ("Mann-Whitney, corrected, and 1.5x", by_ranks),
)


def as_pprof(path, name):
    """The same recording, as pprof reads it."""
    if name == "go":
        return path
    out = os.path.join(os.environ["TESTTMP"], "ab.%s.%s.pb.gz" % (
        name, os.path.basename(path)))
    run(tool("pconvert"), "-q", "-t", "pprof", "-o", out, path)
    return out


def peers(name, cases, truth, pool):
    """(rule, A/A, A/B) of the rules that others use."""
    paths = sorted({p for _, b, n in cases for p in b + n})
    seen = dict(zip(paths, pool.map(values, paths)))
    copy = dict(zip(paths, pool.map(lambda p: as_pprof(p, name), paths)))
    # Callers of what was planted grow, too: no rule here could fold them.
    rest = Truth(truth.planted, (), truth.below | truth.callers,
                 truth.wrapper)
    rules = [(label, lambda b, n, f=f: f([seen[p] for p in b],
                                         [seen[p] for p in n]))
             for label, f in PEERS]
    if shutil.which("go"):
        top = dict(zip(paths, pool.map(lambda p: pprof_top([copy[p]]),
                                       paths)))
        rules.append(("go tool pprof -diff_base -normalize, 1.5x",
                      lambda b, n: by_pprof(added(top[p] for p in b),
                                            [copy[p] for p in b],
                                            [copy[p] for p in n])))
    else:
        print("SKIP: ab: no go, so no go tool pprof")
    for label, rule in rules:
        scores = Score(), Score()
        for case, rows in zip(cases, pool.map(
                lambda c, rule=rule: rule(c[1], c[2]), cases)):
            scores[case[0]].add(named(rows), rest, case[0])
        yield label, scores


# --- the sets -----------------------------------------------------------------

def folded(paths):
    return run(tool("pconvert"), "-q", "-t", "folded", *paths)


def truth_of(name, paths):
    """planted as names that all inputs have."""
    it = SETS[name]
    below = set()
    if name != "python":    # keeps callers and callees, no stacks
        below = grown_below(folded(paths[0]), folded(paths[1]),
                            it["planted"])
    return Truth(it["planted"], callers(folded(paths[1]), it["planted"]),
                 below, it.get("wrapper"))


def callers(text, planted):
    out = set()
    for stack, _ in stacks(text):
        for i, name in enumerate(stack):
            if name in planted:
                out.update(stack[:i])
    return out - set(planted)


class Report:
    def __init__(self):
        self.passed = self.failed = 0

    def must(self, good, text):
        self.passed += bool(good)
        self.failed += not good
        if not good:
            print("FAIL: ab: " + text)


def of_hundred(part, all_of):
    return "%.0f %%" % (100 * part / all_of) if all_of else "-"


def row(label, scores):
    same, other = scores
    return [label, of_hundred(same.wrong, same.draws),
            of_hundred(other.wrong, other.draws),
            of_hundred(other.first, other.draws),
            of_hundred(other.every, other.draws)]


def check_set(name, args, report, pool, table):
    ext = SETS[name]["ext"]
    paths = [sorted(glob.glob(os.path.join(
        os.environ["TESTDATA"], "ab", name, "%s.*.%s" % (v, ext))))
        for v in ("v1", "v2")]
    report.must(min(map(len, paths)) >= 2 * RUNS, name + ": recordings")
    truth = truth_of(name, paths)
    cases = plan(random.Random("%s %d" % (name, args.seed)), paths,
                 args.draws)
    gate, rows, totals = (Score(), Score()), (Score(), Score()), [0, 0]
    for changed, names, total, diff in pool.map(ours, cases):
        gate[changed].add(names, truth, changed)
        rows[changed].add(diff, truth, changed)
        totals[changed] += total
    table.append((name, row("**pregress**", gate)))
    table.append((name, row("**pdiff**, q .05", rows)))
    for changed in (0, 1):
        kind = ("A/A", "A/B")[changed]
        g = gate[changed]
        report.must(g.wrong <= ALARM * g.draws,
                    "%s %s: pregress names unchanged code in %d of %d: %s" %
                    (name, kind, g.wrong, g.draws, g.blamed()))
    report.must(rows[0].wrong <= LISTED * args.draws,
                "%s A/A: pdiff names unchanged code in %d of %d: %s" %
                (name, rows[0].wrong, args.draws, rows[0].blamed()))
    report.must(rows[1].false <= FALSE * args.draws,
                "%s A/B: %.1f %% of what pdiff names is unchanged: %s" %
                (name, 100 * rows[1].false / args.draws,
                 rows[1].blamed()))
    report.must(totals[0] <= ALARM * args.draws,
                "%s A/A: everything together is said to be slower in %d" %
                (name, totals[0]))
    report.must(gate[1].first >= NAMED * args.draws,
                "%s A/B: pregress names what was planted first in %d of %d" %
                (name, gate[1].first, args.draws))
    if args.compare:
        for label, scores in peers(name, cases, truth, pool):
            table.append((name, row(label, scores)))
    if name == "python":
        check_calls(cases, report, pool)


def changed_calls(case):
    """{name: (before, now)} of functions that are not called as often."""
    _, rows = listed(*case, "--metric", "calls")
    return {r["name"]: (r["calls_base"], r["calls_new"]) for r in rows
            if r["calls_base"] != r["calls_new"]}


def calls(case):
    """Changes of call counts, as pdiff and the gate see them."""
    changed, base, new = case
    found, _ = judge(base, new, "--metric", "calls")
    return changed, [f["name"] for f in found if f["metric"] == "calls"], \
        changed_calls((base, new))


def check_calls(cases, report, pool):
    """Counts do not vary: the one new function is the only difference."""
    good = [0, 0]
    for changed, names, rows in pool.map(calls, cases):
        good[changed] += rows == ({"audit": (0, 12)} if changed else {}) \
            and (changed or not names)
    for changed in (0, 1):
        report.must(good[changed] == len(cases) // 2,
                    "python %s: calls right in %d of %d draws" %
                    (("A/A", "A/B")[changed], good[changed],
                     len(cases) // 2))


# --- recordings of others -----------------------------------------------------

CORPUS = {
    "go/ab": dict(glob="work_%s.*.cpu.pb.gz",
                  planted=("main.hashRecords", "main.auditRecords")),
    "perf/ab": dict(glob="cwork_%s.*.perf.txt",
                    planted=("hash_records", "audit_records"),
                  # Its caller keeps no frame, so stacks lack audit_records.
                  below=("__strchr_evex",)),
    "python/rec/ab": dict(glob="work_%s.*.prof",
                          planted=("checksum", "audit")),
}


def gate_names(case):
    """Names of the functions that pregress says are slower."""
    return [f["name"] for f in judge(*case)[0]]


def check_corpus(root, report, pool, table):
    """All pairs of runs, and all runs at once."""
    for name, it in CORPUS.items():
        paths = [sorted(glob.glob(os.path.join(root, name,
                                               it["glob"] % v)))
                 for v in ("v1", "v2")]
        if not all(paths):
            print("SKIP: ab: no %s in the corpus" % name)
            continue
        truth = Truth(it["planted"], below=grown_below(
            folded(paths[0]), folded(paths[1]), it["planted"]) |
            set(it.get("below", ())))
        same = [((a,), (b,)) for side in paths
                for a, b in itertools.permutations(side, 2)]
        other = [((a,), (b,)) for a in paths[0] for b in paths[1]]
        pairs = Score(), Score()
        for changed, cases in enumerate((same, other)):
            for names in pool.map(gate_names, cases):
                pairs[changed].add(names, truth, changed)
        table.append(("corpus " + name, row(
            "**pregress**, %d and %d pairs" % (len(same), len(other)),
            pairs)))
        every = Score(), Score()
        names = gate_names(paths)
        every[1].add(names, truth, True)
        table.append(("corpus " + name, row(
            "**pregress**, %d v %d" % tuple(map(len, paths)), every)))
        report.must(names and names[0] in truth.planted,
                    "corpus %s: named first: %s" % (name, names))
        if name == "python/rec/ab":
            check_corpus_calls(same, other, report, pool)


def check_corpus_calls(same, other, report, pool):
    report.must(not any(pool.map(changed_calls, same)),
                "corpus python: calls differ in pairs of the same code")
    report.must(all(rows.get("checksum") == (10, 20) and
                    rows.get("audit") == (0, 2)
                    for rows in pool.map(changed_calls, other)),
                "corpus python: calls of checksum and audit")


# --- a test of this program ---------------------------------------------------

def self_test(report):
    exact = mann_whitney([1, 2, 3, 4, 5], [6, 7, 8, 9, 10])
    report.must(abs(exact - 2 / 252) < 1e-12, "p of ranks apart")
    report.must(mann_whitney([1, 1, 1], [1, 1, 1]) == 1, "p of ties")
    report.must(abs(mann_whitney([1, 2, 3], [4, 5, 6]) - .1) < 1e-12,
                "p of 3 v 3")
    report.must(benjamini_hochberg([.01, .02, .03, .5], .05) ==
                {0, 1, 2}, "correction finds three")
    report.must(benjamini_hochberg([.03, .04, .5], .05) == set(),
                "correction finds none")
    report.must(ranks([3, 1, 3]) == [2.5, 1, 2.5], "middle ranks")
    base = [{"a": (10, 20), "b": (90, 90)}] * 2
    new = [{"a": (16, 20), "b": (84, 84)}] * 2
    report.must(named(by_means(base, new)) == ["a"], "1.5 times")
    report.must(named(separate(base, new)) == ["a"], "all runs apart")
    report.must(named(separate(base + [{"a": (16, 20)}], new)) == [],
                "not all runs apart")
    text = "main;f;g 10\nmain;h;g 5\n", "main;f;g 30\nmain;h;g 5\n"
    report.must(grown_below(*text, {"f"}) == {"g"}, "grown below")
    text = text[0], "main;f;g 12\nmain;h;g 25\n"
    report.must(grown_below(*text, {"f"}) == set(), "grown elsewhere")
    rows = pprof_rows("  -20ns  1.5%  1.5%  30ns 2%  main.f (inline)\n"
                      "  0     0%    1%    4ns 2%  main.g\n")
    report.must(rows == {"main.f": (-20, 30), "main.g": (0, 4)},
                "rows of pprof")
    score, truth = Score(), Truth(("f",), below=("g",))
    score.add(["f", "g"], truth, True)
    score.add(["x", "f"], truth, True)
    score.add([], truth, True)
    report.must((score.first, score.wrong, score.every, score.false) ==
                (1, 1, 2, .5),
                "score of changed code")
    score = Score()
    score.add(["f"], truth, False)
    report.must(score.wrong == 1, "score of the same code")
    paths = [["%s%d" % (v, i) for i in range(12)] for v in "ab"]
    cases = plan(random.Random("1"), paths, 20)
    report.must(all(len(set(b + n)) == 2 * RUNS for _, b, n in cases),
                "draws are without replacement")
    report.must(all(len({p[0] for p in b + n}) == 1 + changed
                    for changed, b, n in cases), "builds of a draw")
    report.must(cases == plan(random.Random("1"), paths, 20),
                "draws by seed")


HEAD = """| recordings | rule | A/A: other code named | A/B: other code named | planted named first | both named |
|---|---|---|---|---|---|
"""


START, END = "<!-- table -->\n", "<!-- end of table -->\n"


def text_of(table):
    return HEAD + "".join("| %s | %s |\n" % (name, " | ".join(cells))
                          for name, cells in table)


def update(text):
    path = os.path.join(os.environ["TESTDATA"], "ab", "README.md")
    with open(path, encoding="utf-8") as f:
        before, _, rest = f.read().partition(START)
    _, _, after = rest.partition(END)
    with open(path, "w", encoding="utf-8") as f:
        f.write(before + START + text + END + after)


def options():
    parser = argparse.ArgumentParser()
    parser.add_argument("--draws", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--compare", action="store_true",
                        default=os.environ.get("PROFKIT_COMPARE") == "1")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--self-test", action="store_true")
    parser.add_argument("--sets", default=",".join(SETS))
    return parser.parse_args()


def check(args, report):
    table = []
    corpus = os.environ.get("PROFKIT_CORPUS")
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for name in args.sets.split(","):
            check_set(name, args, report, pool, table)
        if corpus:
            check_corpus(corpus, report, pool, table)
        else:
            print("SKIP: ab: no PROFKIT_CORPUS")
    print(text_of(table), end="")
    if args.update:
        update(text_of(table))


def main():
    args, report = options(), Report()
    if args.self_test:
        self_test(report)
    else:
        check(args, report)
    print("ab: %d passed, %d failed" % (report.passed, report.failed))
    return int(report.failed > 0)


if __name__ == "__main__":
    sys.exit(main())
