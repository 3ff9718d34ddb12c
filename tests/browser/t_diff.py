# SPDX-License-Identifier: MIT
"""Comparisons: widths, marks, ghosts, and what is outlined."""
import re

from picture import data, draw, keep, same_places
from suite import equal, near, test
from t_static import REAL, real

BASE = "m;a 100\nm;b 100\nm;c 100\nm;d 3\nm;e 50\nm;f 20\nm;g;h 30\n"
NEW = "m;a 160\nm;b 120\nm;c 40\nm;d 9\nm;n 40\nm;f 20\nm;g;h 30\n"
MORE, LESS, NOISE = "\u25b2", "\u25bc", "\u2248"
LAYOUTS = "union", "after", "before", "abs"


def two(base=BASE, new=NEW, name=""):
    return [keep(name + "base.folded", base), keep(name + "new.folded", new)]


def zoom_and_back(page):
    """So that what is shown has been drawn by the script."""
    widest = [f for f in page.frames() if f.row == 1][0]
    page.click(*page.bring(widest.name))
    page.settle()
    page.key("Home")
    page.wait('!document.querySelector(".pf-zoomed")')
    page.settle()


def looks(page):
    """Places, classes and labels of frames, as far as both tiers go."""
    own = {"pf-above", "m"}
    return [(*f.place(), sorted(set(f.cls) - own), f.label)
            for f in page.frames() if f.width > 0.01]


@test
def the_script_draws_what_was_drawn_without_it(t):
    for name in REAL:
        plain = t.open(real(name), scripts=False)
        live = t.open(real(name))
        assert live.live, name
        zoom_and_back(live)
        a, b = looks(plain), looks(live)
        equal(len(b), len(a), name)
        for x, y in zip(a, b):
            near(y[1], x[1], 0.0021, name)
            near(y[2], x[2], 0.0021, name)
            equal((y[0], *y[3:]), (x[0], *x[3:]), name)


@test
def d_draws_what_each_layout_draws(t):
    for files in two(), [data("pprof/a.pb.gz"), data("pprof/b.pb.gz")]:
        page = t.open(draw("--diff", *files))
        assert page.live and page.count(".pf-ui")
        page.key("Tab")
        for layout in [*LAYOUTS, "union"]:
            other = t.still(draw("--diff", "--layout", layout, *files))
            got, want = page.places(), other.places()
            told = [p.evaluate("""[...document.querySelectorAll("text.s")]
                .map(e => e.textContent).find(s => s.startsWith("widths"))
                .split(" \u00b7 ")[0]""") for p in (page, other)]
            equal(*told)
            assert same_places(got, want), f"{layout}: page {got}, " \
                f"static {want}"
            page.key("d")
            page.settle()


@test
def a_mark_says_what_the_colour_says(t):
    for name in "heap", "large":
        page = t.open(real(name))
        zoom_and_back(page)
        frames = [f for f in page.frames() if f.label]
        assert len(frames) > 10
        for f in frames:
            fill = [c for c in f.cls if re.match("h?([ud][1-5]|e)$", c)]
            equal(len(fill), 1, f"{f.name} {f.cls}")
            want = {"u": MORE, "d": LESS}.get(fill[0].lstrip("h")[0], "")
            if "even" in f.cls:
                want = NOISE
            got = f.label[0] if f.label[0] in MORE + LESS + NOISE else ""
            equal(got, want, f"{f.label} {f.cls}")


@test
def labels_and_details_have_the_change_in_percent(t):
    page = t.open(draw("--diff", *two()))

    for name, change in ("a", "+60"), ("c", "60"), ("h", None):
        f = page.frame(name)
        if change is None:
            equal(f.label, name)
        else:
            assert re.search(rf"{re.escape(change)}(\.0)?%$", f.label), \
                f.label
        page.move(*f.middle())
        page.settle()
        assert "\u2192" in page.told(), page.told()
    assert "unchanged" in page.told(), page.told()


@test
def vanished_code_stays_in_place_and_is_hatched(t):
    sum_ = 160 + 120 + 100 + 9 + 50 + 20 + 30 + 40

    for scripts in False, True:
        page = t.open(draw("--diff", *two()), scripts=scripts)
        if scripts:
            zoom_and_back(page)
        near(page.frame("e").width, 50 / sum_, 0.001)
        assert "gone" in page.frame("e").cls, page.frame("e").cls
        near(page.frame("c").width, 100 / sum_, 0.001)
        ghost = page.evaluate("""(() => {
            const c = [...document.querySelectorAll(".r>svg")].find(e =>
                e.querySelector("text").textContent.includes("c"));
            const [box, hatch] = c.querySelectorAll("rect");
            const b = box.getBoundingClientRect();
            const h = hatch.getBoundingClientRect();
            return [h.width / b.width, (b.right - h.right) / b.width,
                getComputedStyle(hatch).fill];
        })()""")
        near(ghost[0], 0.6, 0.01)
        near(ghost[1], 0, 0.01)
        assert ghost[2].startswith("url("), ghost


def leaves_of(text):
    value = {}
    for line in text.splitlines():
        stack, n = line.rsplit(" ", 1)
        name = stack.split(";")[-1]
        value[name] = value.get(name, 0) + int(n)
    return value


def over(base, new):
    """Leaves of 1.5 times the base, from 0.5% on; new ones from 1% on."""
    a, b = leaves_of(base), leaves_of(new)
    whole = sum(a.values()), sum(b.values())
    want = set()
    for name, y in b.items():
        x = a.get(name, 0)
        matters = x * 200 >= whole[0] or y * 200 >= whole[1]
        if matters and (y * 2 >= x * 3 if x else y * 100 >= whole[0]):
            want.add(name)
    return want


@test
def what_is_over_the_ratio_is_outlined(t):
    """Frames without callees: their total is their self."""
    cases = [(BASE, NEW, ""), (
        "m;a 10\nm;b 1000\nm;c 2\nm;d 14\nm;e 1\nm;f 1000\nm;g 3\nm;h 200\n",
        "m;a 14\nm;b 1499\nm;c 4\nm;d 21\nm;e 20\nm;f 1501\nm;g 99\n"
        "m;h 300\nm;n 1\nm;o 30\n", "gate-")]
    for case in cases:
        files = two(*case)
        want = over(*case[:2])
        for scripts in False, True:
            page = t.open(draw("--diff", *files), scripts=scripts)
            if scripts:
                zoom_and_back(page)
            got = {f.name for f in page.frames()
                   if "over" in f.cls and f.name}
            leaves = {f.name for f in page.frames()
                      if f.row == 2 and f.name}
            equal(got & leaves, want & leaves, f"scripts {scripts}")
        assert want & leaves


OUTLINES = """[...document.querySelectorAll(
    ".r>.over,.r>.new,.pf-key.over")].map(e => {
        const look = getComputedStyle(e.tagName === "rect" ? e :
            e.querySelector("rect"));
        return [e.getAttribute("class"), look.stroke,
            parseFloat(look.strokeWidth), look.strokeDasharray];
    })"""


@test
def outlines_of_what_may_be_chance_are_thin_and_dotted(t):
    sides = two("m;a 900\nm;b 20\nm;c 100\n" + "".join(
        f"m;x{i} {i}\n" for i in (1, 2, 3)), "m;a 905\nm;b 31\nm;c 300\n"
        "m;n 90\n" + "".join(f"m;x{i} {i}\n" for i in (1, 2, 3)), "faint-")
    # So narrow that frames are no more than a rectangle: a thick line
    # would be all of it.
    narrow = two("m;a 90000\nm;b 2000\n", "m;a 90000\nm;b 2000\n"
                 "m;n;o 600\n", "narrow-")
    for dark, red, ink in (False, "rgb(176, 0, 32)", "rgb(17, 17, 17)"), \
            (True, "rgb(255, 138, 128)", "rgb(244, 244, 244)"):
        for theme in [], ["--theme", "dark" if dark else "light"]:
            for scripts in False, True:
                page = t.open(draw("--diff", *theme, *sides),
                              scripts=scripts, dark=dark)
                seen = set()
                for cls, stroke, width, dashes in page.evaluate(OUTLINES):
                    faint = {"over", "even"} <= set(cls.split())
                    seen.add((faint, "pf-key" in cls, " new" in cls))
                    if "pf-key" in cls and "over" not in cls:
                        continue
                    equal(stroke, red, cls)
                    equal(width, 1 if faint else 3, cls)
                    equal(dashes, "1px, 2px" if faint else "none", cls)
                assert {(True, False, False), (True, True, False),
                        (False, False, False), (False, True, False),
                        (False, False, True)} <= seen, seen
            page = t.open(draw("--diff", *theme, *narrow, "-x", "1000",
                               "--width", "300"), scripts=False, dark=dark)
            outlines = page.evaluate(OUTLINES.replace("over", "none"))
            new = [o for o in outlines if " new" in o[0]]
            assert new
            for cls, stroke, width, _ in new:
                equal((stroke, width), (ink, 1), cls)


@test
def what_may_be_chance_stays_neutral_and_says_so(t):
    page = t.open(real("large"))
    even = [f for f in page.frames() if "even" in f.cls and f.label]
    assert even
    for f in even:
        assert "e" in f.cls or "he" in f.cls, f.cls
    page.move(*even[0].middle())
    page.settle()
    assert ": within noise" in page.told(), page.told()


@test
def the_other_measures_and_hues_are_those_of_the_picture(t):
    for options in ["--diff-scale", "ratio"], ["--diff-scale", "abs"], \
            ["--negate"]:
        path = draw("--diff", *options, *two())
        plain, live = t.open(path, scripts=False), t.open(path)
        zoom_and_back(live)
        a, b = looks(plain), looks(live)
        equal([(x[0], *x[3:]) for x in b], [(x[0], *x[3:]) for x in a],
              str(options))


@test
def search_tells_both_sides(t):
    page = t.open(draw("--diff", *two()))

    page.key("/")
    page.wait('document.activeElement?.localName === "input"')
    page.type("^c$")
    page.wait('document.querySelector(".pf-searched")')
    told = page.text(".pf-result")
    shares = re.findall(r"([\d.]+)%", told)
    near(float(shares[0]), 100 * 100 / 403, 0.051, told)
    near(float(shares[1]), 100 * 40 / 419, 0.051, told)


@test
def filters_of_a_comparison_draw_what_their_command_draws(t):
    from t_menu import choose, compare, open_menu
    for name, key in ("g", "h"), ("a", "x"), ("g", "s"), ("m", "f"):
        page = t.open(draw("--diff", *two()))
        open_menu(page, name)
        compare(t, page, choose(page, key))


@test
def details_say_what_the_tooltips_of_c_say(t):
    kinds = set()
    for path in draw("--diff", *two()), real("large"), draw(
            "--diff", "--metric", "self", *two()):
        still, page = t.open(path, scripts=False), t.open(path)
        names = [f.name for f in still.frames() if f.label]
        wide = [f for f in still.frames() if f.label and
                names.count(f.name) == 1 and f.width > 0.02]
        for f in wide[:25]:
            lines = [line for line in f.title.split("\n") if re.match(
                r"over |[\d\u2212-]+ \u2192 .* samples", line)]
            page.move(*page.bring(f.name))
            page.settle()
            told = page.evaluate('[...document.querySelectorAll(".pf-info '
                                 'div")].map(e => e.textContent)')
            equal(told[2:], lines, f.name)
            kinds |= {re.sub(r".* samples|\d\S*", "", x) for x in lines}
    assert {": within noise", ": more than noise", "over "} <= kinds, kinds


@test
def widths_chosen_later_are_those_drawn_at_once(t):
    files = keep("gone-a.folded", "m;a;b 40\nm;c 60\nm;gone;x 30\n"), \
        keep("gone-b.folded", "m;a;b 80\nm;c 20\nm;new;y 25\n")
    ways = "union", "after", "before", "abs"
    want = [t.open(draw("--diff", "--layout", way, *files)).places()
            for way in ways]
    for n, way in enumerate(ways):
        page = t.open(draw("--diff", "--layout", way, *files))
        page.key("Tab")
        for k in range(4):
            assert same_places(page.places(), want[(n + k) % 4]), (way, k)
            page.key("d")
            page.settle()
