# SPDX-License-Identifier: MIT
"""
Pictures for the tests: made by our programs, opened in a browser, and asked
about in terms of frames.
"""
import os
import re
import shlex
import subprocess

BIN = os.environ.get("BIN", "build/default/bin")
DATA = os.environ.get("TESTDATA", "testdata")
OUT = os.path.join(os.environ.get("TESTTMP", "build/default/tmp"), "browser")

# Recursion, direct and not; a function in two places; names that search
# must tell apart; frames too narrow to be drawn.
SMALL = """main;read 10
main;parse;token;Read 20
main;parse;parse;token 30
main;parse;token 5
main;run;walk;run;walk 40
main;run;token 24
main;idle 4
start;main;read 7
start;tiny 0.01
"""


def tool(*args, text=None, ok=(0,)):
    """Runs one of our programs; returns what it printed."""
    if isinstance(text, str):
        text = text.encode()
    done = subprocess.run([os.path.join(BIN, args[0]), *args[1:]],
                          input=text if text is not None else b"",
                          capture_output=True, check=False)
    if done.returncode not in ok:
        raise AssertionError(f"{shlex.join(args)}: status "
                             f"{done.returncode}: {done.stderr.decode()}")
    return done.stdout


# Where this process keeps what it makes: others work beside it.
WORK = [OUT]


def keep(name, text):
    """Writes a file of the tests; returns its path."""
    path = os.path.join(WORK[0], name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    if isinstance(text, str):
        text = text.encode()
    with open(path, "wb") as out:
        out.write(text)
    return path


MADE = {}


def draw(*args, text=None, name=None):
    """The path of the picture that pflame makes of arguments and input."""
    key = (args, text)
    if key not in MADE or name:
        MADE[key] = keep(name or f"p{len(MADE)}.svg",
                         tool("pflame", *args, text=text))
    return MADE[key]


def data(path):
    return os.path.join(DATA, path)


def address(path):
    return "file://" + os.path.abspath(path)


def varint(n):
    out = bytearray()
    while n > 127:
        out.append(n & 127 | 128)
        n >>= 7
    out.append(n)
    return bytes(out)


def field(number, value):
    """One field of a protobuf message."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    return varint(number << 3 | 2) + varint(len(value)) + value


def pprof(stacks):
    """
    A pprof profile, for what folded text cannot hold: stacks is a list of
    (frames from the root, value), a frame is (name, file, line) in bytes.
    """
    strings, rows, out = {b"": 0, b"cpu": 1, b"count": 2}, {}, b""

    def text(s):
        return strings.setdefault(s, len(strings))
    for frames, value in stacks:
        ids = [rows.setdefault(f, len(rows) + 1) for f in frames]
        out += field(2, field(1, b"".join(map(varint, reversed(ids)))) +
                     field(2, varint(value)))
    for (name, file, line), number in rows.items():
        out += field(5, field(1, number) + field(2, text(name)) +
                     field(4, text(file)))
        out += field(4, field(1, number) + field(4, field(1, number) +
                                                 field(2, line)))
    head = field(1, field(1, 1) + field(2, 2))
    return head + out + b"".join(field(6, s) for s in strings)


# What a label may have around its name: a mark for more, less, noise or
# negative, and a change.
MARK = re.compile("^[\u25b2\u25bc\u2248\u2212] ")
CHANGE = re.compile(r" ([+\u2212-][\d.]+%|new|gone)$")

# All frames that are shown, as the eye sees them: rows count from the root,
# left and width are shares of the picture.
FRAMES = """() => {
    const area = document.querySelector(".pf-frames");
    const rows = [...area.querySelectorAll(".r")].filter(r =>
        r.childElementCount);
    const at = area.getScreenCTM();
    const base = {left: at.e, width: area.width.baseVal.value * at.a};
    const out = [];
    const tops = rows.map(r => parseFloat(r.getAttribute("y")) || 0);
    const order = [...new Set(tops)].sort((a, b) => a - b);
    const all = rows.findIndex(r => r.querySelector(".a"));
    if (order.length && tops[all < 0 ? 0 : all] === order[order.length - 1])
        order.reverse();
    rows.forEach((r, n) => {
        for (const e of r.children) {
            if (getComputedStyle(e).display === "none")
                continue;
            const box = e.localName === "rect" ? e :
                e.querySelector("rect");
            if (!box)
                continue;
            const b = box.getBoundingClientRect();
            const text = e.querySelector("text");
            const title = e.querySelector("title");
            const label = text ? text.textContent : "";
            out.push({
                row: order.indexOf(tops[n]),
                left: (b.left - base.left) / base.width,
                width: b.width / base.width,
                x: b.left, y: b.top, w: b.width, h: b.height,
                cls: (e.getAttribute("class") || "").split(/\\s+/),
                label: label,
                title: title ? title.textContent : "",
            });
        }
    });
    return out;
}"""


class Frame:
    def __init__(self, f):
        self.__dict__.update(f)
        first = self.title.split("\n")[0]
        self.rest = "rest" in self.cls
        self.name = "" if self.rest else first or CHANGE.sub(
            "", MARK.sub("", self.label))

    def middle(self):
        return self.x + self.w / 2, self.y + self.h / 2

    def place(self):
        return self.row, round(self.left, 3), round(self.width, 3)

    def __repr__(self):
        return f"{self.name}@{self.place()}"


class Picture:
    """A page that shows a picture."""
    def __init__(self, browser, path, hash_="", **options):
        self.path = path
        self.page = browser.open(address(path) + hash_, **options)
        self.live = self.page.count(".pf-live") > 0

    def __getattr__(self, name):
        return getattr(self.page, name)

    def frames(self, rest=False):
        """The frames shown, row by row from the root, left to right."""
        found = [Frame(f) for f in self.ask(FRAMES)]
        return sorted((f for f in found if rest or not f.rest),
                      key=lambda f: (f.row, f.left))

    def frame(self, name, number=0):
        """The frame of that name; the widest one is number 0."""
        found = sorted((f for f in self.frames() if f.name == name),
                       key=lambda f: -f.width)
        if len(found) <= number:
            raise AssertionError(f"no frame {name} among " + repr(
                self.frames()[:50]))
        return found[number]

    def shows(self, name):
        return any(f.name == name for f in self.frames())

    def places(self, least=0.004):
        """Where frames are, and the names of those with a label."""
        return [(*f.place(), f.name if f.label else "")
                for f in self.frames() if f.width >= least]

    def click_frame(self, name, number=0, **options):
        self.page.click(*self.bring(name, number), **options)

    def bring(self, name, number=0):
        """Scrolls to a frame; returns its middle."""
        f = self.frame(name, number)
        view = self.evaluate("innerHeight")
        if not 0 <= f.y <= view - f.h:
            self.evaluate(f"void scrollBy(0, {f.y - view / 2})")
            f = self.frame(name, number)
        return f.middle()

    def told(self):
        """What the line below the frames says."""
        return self.text(".pf-info") or ""


def same_places(a, b, slack=0.0021):
    """Whether two lists of places tell of the same picture."""
    if len(a) != len(b):
        return False
    return all(p[0] == q[0] and abs(p[1] - q[1]) <= slack and
               abs(p[2] - q[2]) <= slack and
               (p[3] == q[3] or not p[3] or not q[3])
               for p, q in zip(a, b))
