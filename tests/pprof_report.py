# SPDX-License-Identifier: MIT
"""What pprof prints, taken apart.

Every function here takes the text of a report and gives its claims: a
dictionary from a place, such as ("main.f", "flat"), to what is printed
there, (kind, text).  Kinds:

    amount   a value with its unit: 1.10s, 62.50MB, 150
    cost     the same in whole units, what is behind the point cut off
    percent  98.21%
    count    a number of things
    text     anything else

Nothing is passed over in silence: a line that is not understood is an
error.  Where a report has a list, the position is part of the place, so that
the order is compared, too.
"""
import re
from collections import Counter

AMOUNT = r"-?[\d.]+[A-Za-z]*"


class Unreadable(Exception):
    """A report that is not what it should be."""


def fail(what, line):
    raise Unreadable(f"{what}: {line!r}")


def put(claims, place, kind, text):
    if place in claims:
        fail("said twice", str(place))
    claims[place] = (kind, text)


def plain(name):
    """A name without marks, and addresses always in one spelling."""
    name = re.sub(r" \((partial-)?inline\)$", "", name)
    return re.sub(r"^(?:0x)?([0-9a-f]{4,16})(?= )",
                  lambda m: f"0x{int(m[1], 16):x}", name)


def split_amount(text):
    m = re.fullmatch(r"(-?[\d.]+)([A-Za-z]*)", text)
    return m.groups() if m else fail("no amount", text)


# --- heads --------------------------------------------------------------

def head_line(claims, line):
    """One line of the head of a table, or of a legend."""
    m = re.fullmatch(rf"Showing nodes accounting for ({AMOUNT}), (\S+%) of "
                     rf"({AMOUNT}) total", line)
    if m:
        put(claims, ("shown",), "amount", m[1])
        put(claims, ("shown%",), "percent", m[2])
        put(claims, ("total",), "amount", m[3])
        return
    m = re.fullmatch(rf"Dropped (\d+) (nodes?|edges?) "
                     rf"\((?:cum|freq) <= ({AMOUNT})\)", line)
    if m:
        put(claims, ("dropped", m[2].rstrip("s")), "count", m[1])
        put(claims, ("cutoff", m[2].rstrip("s")), "amount", m[3])
        return
    m = re.fullmatch(r"Showing top (\d+) nodes out of (\d+)", line)
    if m:
        put(claims, ("rows shown",), "count", m[1])
        put(claims, ("rows left",), "count", m[2])
        return
    m = re.fullmatch(rf"Duration: ({AMOUNT}), Total samples = ({AMOUNT}) "
                     r"\((\S+%)\)", line)
    if m:
        put(claims, ("duration",), "amount", m[1])
        put(claims, ("samples",), "amount", m[2])
        put(claims, ("samples%",), "percent", m[3])
        return
    m = re.fullmatch(r"(File|Type|Build ID): (.*)", line)
    if m:
        put(claims, (m[1],), "text", m[2])
        return
    m = re.fullmatch(r"   (\w+)=(.*)", line)
    if m:
        put(claims, ("filter", m[1]), "text", m[2])
        return
    if line == "Active filters:":
        return
    put(claims, ("comment", line), "text", line)


TOLD = {"dropped", "cutoff", "rows shown", "rows left"}


# --- tables -------------------------------------------------------------

def row(claims, line, columns, name):
    """flat flat% sum% cum cum%"""
    word = line.split()
    if len(word) < 5:
        fail("no row", line)
    for key, kind, text in zip(columns, "amount percent percent amount "
                               "percent".split(), word):
        put(claims, (name, key), kind, text)


COLUMNS = ("flat", "flat%", "sum%", "cum", "cum%")


def text(report):
    """-text and -top."""
    claims, names = {}, []
    lines = iter(report.splitlines())
    for line in lines:
        if line.split() == ["flat", "flat%", "sum%", "cum", "cum%"]:
            break
        head_line(claims, line)
    else:
        fail("no table", report)
    for line in lines:
        m = re.fullmatch(r"((?: *\S+){5})  (.*)", line)
        if not m:
            fail("no row", line)
        names.append(plain(m[2]))
        row(claims, m[1], COLUMNS, names[-1])
    put(claims, ("rows",), "text", tuple(names))
    return claims


def tree_block(claims, lines):
    around = {"caller": [], "callee": []}
    name = None
    for line in lines:
        left, _, right = line.partition("|")
        if right.startswith("   "):
            side = "caller" if name is None else "callee"
            around[side].append((left.split(), plain(right.strip())))
        elif name is None:
            name = plain(right.strip())
            row(claims, left, COLUMNS, name)
        else:
            fail("two functions", line)
    if name is None:
        fail("no function", lines)
    for side, edges in around.items():
        for words, other in edges:
            if len(words) != 2:
                fail("no edge", words)
            put(claims, (name, side, other), "amount", words[0])
            put(claims, (name, side, other, "%"), "percent", words[1])
        put(claims, (name, side), "text", tuple(e[1] for e in edges))
    return name


def tree(report):
    """-tree and -peek."""
    claims, names, block = {}, [], None
    for line in report.splitlines():
        if line.startswith("-----"):
            if block:
                names.append(tree_block(claims, block))
            block = []
        elif block is None:
            head_line(claims, line)
        elif line.split()[:2] != ["flat", "flat%"]:
            block.append(line)
    if block:
        fail("no end", report)
    put(claims, ("rows",), "text", tuple(names))
    return claims


# --- labels, stacks, comments -------------------------------------------

def tags(report):
    """-tags.  A value that is a number with a unit is an amount."""
    claims, keys, n = {}, [], 0
    for line in report.splitlines():
        m = re.fullmatch(rf" *(\S+): Total ({AMOUNT}) of ({AMOUNT}) "
                         r"\( *(\S+%)\)", line)
        if m:
            keys.append(m[1])
            n = 0
            put(claims, (m[1], "weight"), "amount", m[2])
            put(claims, (m[1], "total"), "amount", m[3])
            put(claims, (m[1], "weight%"), "percent", m[4])
            continue
        m = re.fullmatch(rf" *({AMOUNT}) \( *(\S+%)\): (.*)", line)
        if m:
            kind = "amount" if re.fullmatch(AMOUNT, m[3]) else "text"
            put(claims, (keys[-1], n), kind, m[3])
            put(claims, (keys[-1], n, "weight"), "amount", m[1])
            put(claims, (keys[-1], n, "weight%"), "percent", m[2])
            n += 1
        elif line:
            fail("no label", line)
    put(claims, ("keys",), "text", tuple(keys))
    return claims


def traces(report):
    """-traces: the stacks in an order of their own."""
    claims, stacks = {}, []
    blocks = re.split(r"^-+\+-+\n", report, flags=re.M)
    for line in blocks[0].splitlines():
        head_line(claims, line)
    if blocks[-1]:
        fail("no end", report)
    for block in blocks[1:-1]:
        labels, frames, value = [], [], None
        for line in block.splitlines():
            m = re.fullmatch(r" *([^ :]+):  (\S+)", line)
            if m and value is None:
                labels.append(m.groups())
                continue
            m = re.fullmatch(rf" *({AMOUNT})?   (\S.*)", line)
            if not m or (m[1] is None) != (value is not None):
                fail("no frame", line)
            value = value or m[1]
            frames.append(plain(m[2]))
        stacks.append((tuple(frames), tuple(sorted(labels)), value))
    for n, (frames, labels, value) in enumerate(sorted(stacks)):
        put(claims, (n,), "text", frames)
        put(claims, (n, "value"), "amount", value)
        put(claims, (n, "labels"), "text", tuple(k for k, _ in labels))
        for key, v in labels:
            kind = "amount" if re.fullmatch(AMOUNT, v) else "text"
            put(claims, (n, "label", key), kind, v)
    return claims


def comments(report):
    return {("comments",): ("text", tuple(sorted(report.splitlines())))}


# --- callgrind ----------------------------------------------------------

def callgrind_lines(report, relative_to):
    """Costs and calls of a callgrind file, positions made absolute.

    relative_to: "line" for what the format says, that the target of a call
    is relative to the last cost line; "node" for what pprof does, which
    counts it from the function before.
    Yields the events, then ("cost", function, position, value) and
    ("call", function, position, function, position, calls, value).
    """
    names, at = {}, {}
    last = before = [0, 0]
    call = None

    def name(kind, text):
        m = re.fullmatch(r"\((\d+)\)(?: (.*))?", text)
        if not m:
            return text
        if m[2] is not None:
            known = sum(k == kind for k, _ in names)
            if relative_to == "node" and int(m[1]) != known + 1:
                fail("number of a name", text)
            names[kind, m[1]] = m[2]
        elif (kind, m[1]) not in names:
            fail("no such name", text)
        return names[kind, m[1]]

    def position(words, base):
        out = []
        for word, old in zip(words, base):
            if word == "*":
                out.append(old)
            elif word[0] in "+-":
                out.append(old + int(word))
            else:
                out.append(int(word, 0))
        return out

    columns = 1
    for line in report.splitlines():
        m = re.fullmatch(r"(ob|fl|fi|fe|fn|cob|cfi|cfl|cfn)=(.*)", line)
        if m:
            kind = {"cob": "ob", "cfi": "fl", "cfl": "fl", "fi": "fl",
                    "fe": "fl", "cfn": "fn"}.get(m[1], m[1])
            key = {"cfi": "cfl", "fi": "fl", "fe": "fl"}.get(m[1], m[1])
            at[key] = name(kind, m[2])
            continue
        m = re.fullmatch(r"calls=(\d+) (.*)", line)
        if m:
            base = before if relative_to == "node" else last
            call = (m[1], position(m[2].split(), base))
            continue
        if re.match(r"[-+*\d]", line):
            *where, value = line.split()
            where = position(where, last)
            caller = tuple(at.get(k, "") for k in ("ob", "fl", "fn"))
            if call:
                callee = (at.pop("cob", caller[0]),
                          at.pop("cfl", caller[1]), at.pop("cfn"))
                yield ("call", caller, tuple(where), callee, tuple(call[1]),
                       call[0], value)
                call = None
            else:
                before = last
                yield ("cost", caller, tuple(where), value)
            last = where
            continue
        m = re.fullmatch(r"(\w+): *(.*)", line)
        if m:
            if m[1] == "positions":
                columns = len(m[2].split())
                last = before = [0] * columns
            yield ("head", m[1], m[2])
        elif line and not line.startswith("#"):
            fail("callgrind", line)


def bare(function):
    """Without the number of a calling context, which is any order's."""
    return (*function[:2], re.sub(r" \[\d+/\d+\]$", "", function[2]))


def callgrind(report):
    """Two contexts of a function may cost alike: so all are counted."""
    claims, rows, contexts, unit = {}, [], {}, None
    for item in callgrind_lines(report, "node"):
        if item[:2] == ("head", "events"):
            m = re.fullmatch(r"(\w+)\((\w+)\)", item[2]) or \
                fail("events", item)
            unit = m[2]
            put(claims, ("type",), "text", m[1])
        elif item[:2] == ("head", "positions"):
            put(claims, ("positions",), "text", item[2])
        elif item[0] == "cost":
            rows.append((("cost", bare(item[1]), item[2]), int(item[3])))
        elif item[0] == "call":
            rows.append((("call", bare(item[1]), item[2], bare(item[3]),
                          item[4], item[5]), int(item[6])))
            context(contexts, item[3])
    number_rows(claims, rows, lambda v: ("cost", f"{v}{unit}"))
    put_contexts(claims, contexts)
    return claims


def context(contexts, function):
    m = re.search(r" \[(\d+)/(\d+)\]$", function[2])
    if m:
        contexts.setdefault(bare(function), set()).add(m.groups())


def put_contexts(claims, contexts):
    for function, found in contexts.items():
        put(claims, ("contexts", function), "text", tuple(sorted(found)))


def number_rows(claims, rows, show):
    """Rows of one place get numbers, the largest first."""
    seen = Counter()
    for place, value in sorted(rows, key=lambda r: (str(r[0]), -r[1])):
        seen[place] += 1
        claims[(*place, seen[place])] = show(value)


# --- dot ----------------------------------------------------------------

# Attributes that are layout: pprof's sizes and colours say again, coarsely,
# what the labels say, and our picture has its own.
LAYOUT = re.compile(
    r'(?<= )(?:fontsize|penwidth|weight|minlen|shape)=\w+'
    r'|(?<= )(?:fill)?color="#[0-9a-f]+"|(?<= )id="\w+"')


def dot_statements(text):
    """(kind, ids, attributes): node, edge or legend."""
    for line in text.splitlines():
        m = re.fullmatch(r'\s*(?:subgraph \w+ \{ )?'
                         r'("(?:[^"\\]|\\.)*"|\w+)(?: -> (\w+))?\s*'
                         r'\[(.*)\];?(?: \})?', line)
        if not m:
            if not re.fullmatch(r"\s*(digraph .*\{|\}|\w+=\S+;?)?", line):
                fail("dot", line)
            continue
        if m[1] in ("node", "edge", "graph"):
            continue
        attributes, end = {}, 0
        for a in re.finditer(r'\s*,?\s*(\w+)\s*=\s*'
                             r'(?:"((?:[^"\\]|\\.)*)"|([\w.+#-]+))', m[3]):
            if a.start() != end:
                break
            end = a.end()
            attributes[a[1]] = a[2] if a[2] is not None else a[3]
        if end != len(m[3].rstrip()):
            fail("attributes", m[3])
        if m[2]:
            yield "edge", (m[1], m[2]), attributes
        elif m[1].startswith('"') or "cluster" in line:
            yield "legend", m[1].strip('"'), attributes
        else:
            yield "node", m[1], attributes


def dot_values(lines):
    """The values at the end of a node's label, and how many lines."""
    value = rf"({AMOUNT})(?: \((\S+%)\))?"
    m = re.fullmatch(rf"(0) of {value}", lines[-1])
    if m:
        return (m[1], None, m[2], m[3]), 1
    m = re.fullmatch(rf"of {value}", lines[-1])
    if m:
        own = re.fullmatch(value, lines[-2]) or fail("values", lines)
        return (own[1], own[2], m[1], m[2]), 2
    m = re.fullmatch(value, lines[-1]) or fail("values", lines)
    return (m[1], m[2], m[1], m[2]), 1


def check_name(lines, name):
    """A label has parts of the name that the tooltip has whole."""
    at = 0
    for line in lines:
        at = name.find(line, at)
        if at < 0:
            fail("label", (lines, name))
        at += len(line)


def dot_pprof(text):
    """pprof's picture: head, nodes, nodelets, edges, by their ids."""
    head, nodes, lets, edges = {}, {}, {}, []
    for kind, ids, a in dot_statements(text):
        if kind == "legend":
            lines = a["label"].split("\\l")
            if lines[0] != ids or lines[-3:-1] != ["", "See https://git.io/"
                                                   "JfYMW for how to read "
                                                   "the graph"]:
                fail("legend", a["label"])
            for line in lines[:-3]:
                head_line(head, line)
        elif kind == "node" and a.get("shape") == "box3d":
            if ids in lets:
                fail("said twice", ids)
            lets[ids] = a
        elif kind == "node":
            values, n = dot_values(a["label"].split("\\n"))
            m = re.fullmatch(rf"(.*) \(({AMOUNT})\)", a["tooltip"]) or \
                fail("tooltip", a["tooltip"])
            if m[2] != values[2] or ids in nodes:
                fail("total", a)
            check_name(a["label"].split("\\n")[:-n], m[1])
            nodes[ids] = (plain(m[1]), values)
        else:
            edges.append((ids, a))
    return head, nodes, lets, edges


def dot_number(nodes):
    """{id: (name, total, self)} to places: contexts of one name by value."""
    places, seen = {}, Counter()
    for i in sorted(nodes, key=lambda i: (nodes[i][0], -nodes[i][1],
                                          -nodes[i][2], i)):
        seen[nodes[i][0]] += 1
        places[i] = (nodes[i][0], seen[nodes[i][0]])
    return places


def dot(text):
    """-dot.  Contexts of one name, and nodelets of a node, have numbers: the
    largest is 1."""
    claims, nodes, lets, edges = dot_pprof(text)
    places = dot_number({
        i: (name, *(float(split_amount(values[k])[0]) for k in (2, 0)))
        for i, (name, values) in nodes.items()})
    owner, order = {}, Counter()
    for i, (_, values) in nodes.items():
        for key, kind, v in zip(COLUMNS[:2] + COLUMNS[3:],
                                ("amount", "percent") * 2, values):
            if v is not None:
                put(claims, (places[i], key), kind, v)
    put(claims, ("nodes",), "text", tuple(sorted(places.values())))
    for (a, b), attr in edges:
        if b in lets:
            owner[b] = (places[a], order[a])
            order[a] += 1
            put(claims, (*owner[b], "weight"), "amount",
                attr["label"].strip())
            put(claims, (*owner[b], "dotted"), "text",
                attr.get("style") == "dotted")
            if {attr["tooltip"], attr["labeltooltip"], attr["label"].strip(),
                    lets[b]["tooltip"]} != {attr["label"].strip()}:
                fail("weights", attr)
            put_nodelet(claims, owner[b], lets[b]["label"])
            continue
        if a not in places or b not in places:
            fail("no such node", f"{a} -> {b}")
        put_edge(claims, nodes, places, (a, b), attr)
    if set(owner) != set(lets):
        fail("nodelets", str(lets))
    return claims


def put_nodelet(claims, place, label):
    """key:value lines, or an amount, or a span of them."""
    parts = label.split("..") if re.match(r"-?\d", label) else \
        label.split("\\n")
    for n, part in enumerate(parts):
        kind = "amount" if re.fullmatch(AMOUNT, part) else "text"
        put(claims, (*place, n), kind, part)


def put_edge(claims, nodes, places, ids, attr):
    label, _, mark = attr["label"].partition("\\n")
    weight = label.strip()
    residual = attr.get("style") == "dotted"
    tip = f"{{}} {'...' if residual else '->'} {{}} ({weight})".format(
        *(nodes[i][0] for i in ids))
    for key in ("tooltip", "labeltooltip"):
        said = re.fullmatch(r"(.*) (->|\.\.\.) (.*) \((.*)\)", attr[key])
        if not said or "{} {} {} ({})".format(
                plain(said[1]), said[2], plain(said[3]), said[4]) != tip:
            fail("tooltip", attr[key])
    place = ("edge", places[ids[0]], places[ids[1]])
    put(claims, place, "amount", weight)
    put(claims, (*place, "inline"), "text", mark == " (inline)")
    put(claims, (*place, "residual"), "text", residual)
