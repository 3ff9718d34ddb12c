# SPDX-License-Identifier: MIT
"""Search: what it says must be what the library computes."""
import json
import re

from chrome import CTRL
from picture import SMALL, data, draw, keep, tool
from suite import equal, near, test

TOLD = re.compile(r"(\d+) frames?, ([\d.]+)% of total"
                  r"(?:, ([\d.]+)% of view)?, self ([\d.]+)%")

# A file, how ptop has to read it to see the frames of the picture, patterns.
CASES = [
    ("pprof/go123.pb.gz", [], ["runtime", "sha256", "Sum256$", r"main\.",
                               "^main.(hash|parse)$", "(Ordered|memmove)",
                               "nothing at all", ".", "RUNTIME"]),
    ("folded/stackprof.folded", [], ["block", "each", "Integer", "x"]),
    ("folded/perf.folded", [], ["sys", "^_", "alloc|free"]),
    ("perf/real_cxx.txt", ["--root", "comm"], ["std::", "operator", "main",
                                               "^_start$", "Shape"]),
    ("cprofile/py313.prof", [], ["<module>", "walk", "built-in"]),
]


def tree(args, text=None):
    """Rows of the call tree: depth, name, self, total."""
    out = tool("ptop", "--tree", "-a", "--min-share", "0", "--jsonl", *args,
               text=text, ok=(0, 3))
    return [json.loads(line) for line in out.splitlines()]


def matched(rows, hits):
    """Frames, total and self of what matches; outermost frames count."""
    frames = total = self = 0
    inside = None
    for r in rows:
        if inside is not None and r["depth"] <= inside:
            inside = None
        if hits(r["name"]):
            frames += 1
            self += r["self"]
            if inside is None:
                total += r["total"]
                inside = r["depth"]
    return frames, total, self


def smart(pattern):
    """Capitals make case count."""
    plain = re.sub(r"\\.", "", pattern)
    return re.compile(pattern, 0 if re.search("[A-Z]", plain) else re.I)


def whole(rows):
    return sum(r["total"] for r in rows if r["depth"] == 1)


def rounding(percent):
    return 0.0501 if percent >= 1 else 0.00501 if percent >= 0.1 else 0.000501


def look_for(page, text):
    """Types a pattern into the search; returns what is said of it."""
    page.key("/")
    page.wait('document.activeElement?.localName === "input"')
    page.type(text)
    page.wait(f'location.hash.includes("s=" + encodeURIComponent('
              f'{json.dumps(text)}))')
    page.settle()
    return page.text(".pf-result")


def end_search(page):
    page.key("/")
    page.key("Escape")
    page.wait('!location.hash.includes("s=")')


def check_told(told, want, sum_, what):
    found = TOLD.search(told)
    assert found, f"{what}: {told!r}"
    frames, total, self = want
    equal(int(found[1]), frames, f"{what}: frames")
    for name, got, value in ("total", found[2], total), \
            ("self", found[4], self):
        share = 100 * value / sum_
        near(float(got), share, rounding(share), f"{what}: {name}")


@test
def search_says_what_the_library_computes(t):
    for path, options, patterns in CASES:
        page = t.open(draw(data(path)))
        rows = tree([*options, data(path)])
        for pattern in patterns:
            told = look_for(page, pattern)
            want = matched(rows, lambda n: n != "all" and
                           smart(pattern).search(n))
            check_told(told, want, whole(rows), f"{path}: {pattern}")
            check_focus(path, options, pattern, rows, want[1])
            end_search(page)


def check_focus(path, options, pattern, rows, total):
    """ptop's own filter must agree, where it sees nothing but names."""
    exp = smart(pattern)
    if any(exp.search(r["file"]) or exp.search(r["module"]) for r in rows):
        return
    text = pattern if exp.flags & re.I == 0 else "(?i)" + pattern
    out = tool("ptop", "-a", "--jsonl", "--focus", text, *options, data(path),
               ok=(0, 3))
    kept = sum(json.loads(line)["self"] for line in out.splitlines())
    equal(kept, total, f"{path}: --focus {pattern}")


@test
def matched_frames_and_no_others_are_marked(t):
    page = t.open(draw(text=SMALL))

    look_for(page, "tok|Read")
    for f in page.frames():
        if f.label:
            hit = re.search("tok|Read", f.name) is not None
            equal("m" in f.cls, hit, f.name)


@test
def the_view_has_its_own_share(t):
    page = t.open(draw(text=SMALL))
    page.click_frame("parse")
    page.wait('document.querySelector(".pf-zoomed")')

    for pattern, view in ("Read", 20 / 55), ("parse", 1), ("walk", 0), \
            ("main", 1), ("token", 1):
        found = TOLD.search(look_for(page, pattern))
        near(float(found[3]), 100 * view, 0.06, pattern)
        end_search(page)
        assert page.shows("Read") and not page.shows("walk")


@test
def small_letters_match_both_cases_and_capitals_one(t):
    page = t.open(draw(text=SMALL))

    for pattern, frames in ("read", 3), ("Read", 1), ("READ", 0), \
            (r"\Sead", 3), ("[r]ead", 3):
        told = look_for(page, pattern)
        equal(int(TOLD.search(told)[1]), frames, pattern)
        end_search(page)


@test
def an_invalid_pattern_is_shown_and_not_thrown(t):
    page = t.open(draw(text=SMALL))

    told = look_for(page, "tok(")
    assert told and not TOLD.search(told), told
    equal(page.evaluate('document.querySelector("input").'
                        "validity.valid"), False)
    equal(page.count(".pf-searched"), 0)
    equal(page.count(".r .m"), 0)
    page.type("en)")
    page.wait('document.querySelector(".pf-searched")')
    equal(int(TOLD.search(page.text(".pf-result"))[1]), 3)


@test
def an_exclamation_mark_excludes(t):
    page = t.open(draw(text=SMALL))
    rows = tree([], SMALL)

    told = look_for(page, "!token")
    check_told(told, matched(rows, lambda n: "token" not in n), whole(rows),
               "!token")


@test
def several_terms_add_up_and_have_their_colours(t):
    page = t.open(draw(text=SMALL))
    rows = tree([], SMALL)

    look_for(page, "walk")
    page.key("Enter")
    page.type("token")
    page.wait('location.hash.includes("s=walk&s=token")')
    page.settle()
    check_told(page.text(".pf-result"), matched(
        rows, lambda n: re.search("walk|token", n)), whole(rows), "two")
    fills = page.evaluate("""["walk", "token"].map(n => getComputedStyle(
        [...document.querySelectorAll(".r>svg")].find(e => e.querySelector(
        "text").textContent === n).querySelector("rect")).fill)""")
    assert fills[0] != fills[1], fills
    page.key("Enter")
    page.type("!Read")
    page.wait('location.hash.includes("s=token&s=!Read")')
    page.settle()
    check_told(page.text(".pf-result"), matched(
        rows, lambda n: re.search("walk|token", n) and "Read" not in n),
        whole(rows), "three")
    other = t.open(page.path, page.hash())
    other.wait('document.querySelector(".pf-searched")')
    equal(other.text(".pf-result"), page.text(".pf-result"))


@test
def next_and_previous_visit_every_match(t):
    page = t.open(draw(text=SMALL))

    look_for(page, "token|Read")
    page.click_frame("all")
    seen = []
    for _ in range(5):
        page.key("n")
        page.settle()
        seen.append(here(page))
    assert len(set(seen[:4])) == 4, seen
    equal(seen[4], seen[0])
    assert all(re.match("token|Read", s) for s in seen), seen
    page.key("N")
    page.settle()
    equal(here(page), seen[3])


def here(page):
    """What the frame with the focus says of itself."""
    return page.evaluate('document.activeElement.getAttribute("aria-label")')


@test
def next_leaves_a_zoom_that_does_not_have_the_match(t):
    page = t.open(draw(text=SMALL))

    page.click_frame("idle")
    page.wait('document.querySelector(".pf-zoomed")')
    look_for(page, "Read")
    page.click_frame("idle")
    page.key("n")
    page.settle()
    assert here(page).startswith("Read"), here(page)
    assert page.shows("Read")


@test
def control_f_is_ours_once_and_then_the_browsers(t):
    page = t.open(draw(text=SMALL))

    page.evaluate("void addEventListener('keydown', e => setTimeout(() => "
                  "{window.stopped = e.defaultPrevented;}, 0), true)")
    page.key("f", CTRL)
    page.wait("window.stopped !== undefined")
    equal(page.evaluate("window.stopped"), True)
    equal(page.evaluate("document.activeElement?.localName"), "input")
    page.evaluate("void delete window.stopped")
    page.key("f", CTRL)
    page.wait("window.stopped !== undefined")
    equal(page.evaluate("window.stopped"), False)


@test
def a_letter_typed_is_no_step_for_back(t):
    page = t.open(draw(text=SMALL))

    page.click_frame("main")
    page.wait('document.querySelector(".pf-zoomed")')
    look_for(page, "token")
    page.key("Escape")
    page.wait('!location.hash.includes("s=")')
    page.back()
    page.wait('!document.querySelector(".pf-zoomed")')


@test
def a_pattern_that_explodes_is_only_slow(t):
    """Names are short and few: a bad pattern must end."""
    page = t.open(draw(text="m;" + "a" * 22 + " 5\nm;b 3\n"))

    told = look_for(page, "(a+)+c")
    equal(int(TOLD.search(told)[1]), 0)


@test
def a_fifth_term_is_refused_with_a_word(t):
    page = t.open(draw(text=SMALL))
    page.key("/")
    for term in "main", "run", "walk", "token":
        page.type(term)
        page.key("Enter")
    page.wait('/[Aa]t most 4/.test(document.querySelector(".pf-result").'
              'textContent)')


@test
def a_wrong_term_leaves_the_marks_of_others(t):
    page = t.open(draw(text=SMALL))
    page.key("/")
    for term in "run", "(":
        page.type(term)
        page.key("Enter")
    page.type("token")
    page.wait('location.hash.includes("token")')
    page.settle()
    equal(page.count(".pf-searched"), 1)
    marked = {f.name for f in page.frames() if "m" in f.cls}
    equal(marked, {"run", "token"})
    assert "Matched: " in page.text(".pf-result")
    equal(page.evaluate('document.querySelector(".pf-search input").'
                        "validity.valid"), True)
