# SPDX-License-Identifier: MIT
"""
The menu of a frame, and the command lines that it shows: what such a line
draws must be what the menu has drawn.
"""
import json
import os
import subprocess

from chrome import SHIFT
from picture import BIN, SMALL, data, draw, keep, same_places, tool
from suite import equal, near, test

OPEN = 'document.querySelector(".pf-menu:not([hidden])")'
CLOSED = f"!{OPEN}"
CHANGED = 'document.querySelector(".pf-changed:not([hidden])")'

# Pictures of files, and frames of which the menu is tried.
FILES = {
    "small": (None, ["token", "parse", "walk", "main", "read", "start"]),
    "go": ("pprof/go123.pb.gz", ["main.hash", "runtime.main",
                                 "crypto/sha256.(*digest).Write"]),
    "cxx": ("perf/real_cxx.txt", None),
    "python": ("cprofile/py313.prof", None),
    "folded": ("folded/stackprof.folded", None),
    "hostile": (None, ["a.b*c", "it's \"$x\" `y`", "a\\b", "x(int)::~y",
                       "[k]", "^$", "--focus", "é→ж", "a b  c"]),
}
HOSTILE = "".join(f"main;{n};leaf {3 + i}\nmain;{n} 2\n" for i, n in
                  enumerate(FILES["hostile"][1]))


def file_of(name):
    path = FILES[name][0]
    if path:
        return data(path)
    return keep(name + ".folded", SMALL if name == "small" else HOSTILE)


def names_of(name, page):
    """The frames to try: those named, else some that are wide."""
    if FILES[name][1]:
        return FILES[name][1]
    found = []
    for f in sorted(page.frames(), key=lambda f: -f.width):
        if f.row > 1 and f.label and f.width < 0.95 and f.name not in found:
            found.append(f.name)
    return found[:3]


def shell(command):
    """The picture that a command line makes."""
    env = dict(os.environ, PATH=os.path.abspath(BIN) + ":" +
               os.environ["PATH"])
    done = subprocess.run(["bash", "-c", command], env=env, check=False,
                          stdin=subprocess.DEVNULL, capture_output=True)
    # 3: the filters leave nothing.
    assert done.returncode in (0, 3), \
        f"{command}: {done.stderr.decode()}"
    return keep("command.svg", done.stdout)


def open_menu(page, name, number=0):
    page.click(*page.bring(name, number), button="right")
    page.wait(OPEN)


def item(page, key):
    """The number of the item with that key among the menu's buttons."""
    keys = page.evaluate('[...document.querySelectorAll(".pf-menu button")]'
                         '.map(b => b.querySelector("kbd").textContent)')
    assert key in keys, f"no {key} among {keys}"
    return keys.index(key)


def choose(page, key):
    """Points at an item, returns the command it shows, and takes it."""
    number = item(page, key)
    x, y, w, h = page.box(".pf-menu button", number)
    page.move(x + w / 2, y + h / 2)
    page.settle()
    command = page.text(".pf-menu code")
    page.click(x + w / 2, y + h / 2)
    page.wait(CLOSED)
    page.settle()
    return command


def compare(t, page, command):
    """The page shows what the command draws."""
    got, want = page.places(), t.still(shell(command)).places()
    assert same_places(got, want), f"{command}\n page {got}\n " \
        f"command {want}"


def try_item(t, key, files):
    for file in files:
        page = t.open(draw(file_of(file)))
        before = page.places()
        for name in names_of(file, page):
            open_menu(page, name)
            command = choose(page, key)
            page.wait(CHANGED)
            equal(page.text(".pf-changed code"), command, name)
            compare(t, page, command)
            page.back()
            page.wait(f"!{CHANGED}")
            page.settle()
            equal(page.places(), before, f"back from {command}")


@test
def focus_draws_what_its_command_draws(t):
    try_item(t, "f", FILES)


@test
def hide_draws_what_its_command_draws(t):
    try_item(t, "h", ["small", "go", "cxx"])


@test
def ignore_draws_what_its_command_draws(t):
    try_item(t, "x", ["small", "folded"])


@test
def show_from_here_draws_what_its_command_draws(t):
    try_item(t, "s", ["small", "cxx", "python"])


@test
def collapsed_recursion_draws_what_its_command_draws(t):
    for file in "small", "go", "python":
        page = t.open(draw(file_of(file)))
        open_menu(page, "all")
        command = choose(page, "k")
        page.wait(CHANGED)
        compare(t, page, command)


@test
def several_changes_draw_what_their_command_draws(t):
    page = t.open(draw(file_of("small")))

    for name, key in ("start", "x"), ("token", "f"), ("run", "h"), \
            ("token", "k"):
        open_menu(page, name)
        command = choose(page, key)
        compare(t, page, command)
    equal(page.text(".pf-changed code"), command)
    link = t.open(page.path, page.hash())
    equal(link.places(), page.places())
    for _ in range(4):
        page.back()
        page.settle()
    page.wait(f"!{CHANGED}")


@test
def two_functions_in_focus_are_both_wanted(t):
    page = t.open(draw(file_of("small")))

    open_menu(page, "parse")
    choose(page, "f")
    open_menu(page, "token")
    command = choose(page, "f")
    compare(t, page, command)


@test
def turned_and_merged_pictures_are_those_of_their_commands(t):
    for file, ways in ("small", ("i", "r", "ri", "o", "oi")), \
            ("go", ("r", "o")), ("cxx", ("ri",)), ("folded", ("o",)):
        for keys in ways:
            page = t.open(draw(file_of(file)))
            page.key("Tab")
            for key in keys:
                page.key(key)
                page.settle()
            page.key("l")
            page.wait('document.querySelector(".pf-info").textContent.'
                      'includes("pflame")')
            command = page.clipboard()
            compare(t, page, command)


@test
def changes_of_a_merged_picture_are_those_of_their_commands(t):
    for options in ["--reverse"], ["--inverted"], ["--sort", "size"]:
        page = t.open(draw(*options, file_of("small")))
        before = page.places()
        for key in "f", "h", "x":
            open_menu(page, "token")
            command = choose(page, key)
            compare(t, page, command)
            page.back()
            page.wait(f"!{CHANGED}")
            page.settle()
            equal(page.places(), before, str(options))


@test
def filters_of_the_picture_stay_in_the_commands(t):
    page = t.open(draw("--ignore", "idle", "--title", "it's", "--focus",
                       "main", file_of("small")))
    open_menu(page, "token")
    command = choose(page, "h")
    compare(t, page, command)


# --- sandwich ---------------------------------------------------------------

def levels(page, name):
    """Frames by how many calls they are above or below the function."""
    frames = page.frames()
    rows = sorted({round(f.y) for f in frames})
    own = [f for f in frames if f.name == name and f.width > 0.999]
    assert len(own) == 1, own
    zero = rows.index(round(own[0].y))
    return [(zero - rows.index(round(f.y)), f) for f in frames]


def sandwich(t, file, name):
    page = t.open(draw(file_of(file)))
    open_menu(page, name)
    command = choose(page, "w")
    page.wait(CHANGED)
    return page, command


@test
def a_sandwich_has_the_totals_that_ptop_has(t):
    for file, names in ("small", ["idle", "read", "token"]), \
            ("go", ["main.hash", "crypto/sha256.Sum256"]):
        for name in names:
            page, _ = sandwich(t, file, name)
            exact = "^" + "".join("\\" + c if c in "().*/" else c
                                  for c in name) + "$"
            found = levels(page, name)
            for option, level in ("--callers", -1), ("--callees", 1):
                rows = [json.loads(line) for line in tool(
                    "ptop", option, exact, "-a", "--jsonl",
                    file_of(file)).splitlines()]
                own = [r for r in rows if r["relation"] == "this"][0]
                want = {r["name"]: r["total"] for r in rows
                        if r["relation"] != "this"}
                got = {f.name: f.width * own["total"] for n, f in found
                       if n == level}
                equal(set(got), set(want), f"{name} {option}")
                for other, value in want.items():
                    near(got[other], value, own["total"] * 0.002,
                         f"{name} {option} {other}")


@test
def a_sandwich_shows_what_its_two_commands_draw(t):
    for file, name in ("small", "token"), ("small", "read"), \
            ("go", "crypto/sha256.Sum256"), ("hostile", "leaf"):
        page, command = sandwich(t, file, name)
        lines = command.split("\n")
        equal(len(lines), 2, command)
        found = levels(page, name)
        for line, sign in zip(lines, (1, -1)):
            other = t.still(shell(line))
            want = [((f.row - 1), *f.place()[1:], f.name if f.label else "")
                    for f in other.frames() if f.row > 0 and f.width > 0.004]
            got = sorted((n * sign, *f.place()[1:], f.name if f.label else "")
                         for n, f in found if n * sign >= 0 and
                         f.width > 0.004)
            assert same_places(got, sorted(want)), \
                f"{line}\n page {got}\n command {want}"


@test
def a_recursive_function_counts_once_in_its_sandwich(t):
    page, command = sandwich(t, "small", "walk")

    frames = page.frames()
    assert any(f.name == "walk" and f.width > 0.999 for f in frames), frames
    page.move(*page.bring("walk"))
    page.settle()
    assert "total 40" in page.told(), page.told()


# --- ways to the menu -------------------------------------------------------

@test
def the_menu_opens_by_m_shift_f10_and_the_menu_key(t):
    page = t.open(draw(text=SMALL))

    page.click_frame("parse")
    page.wait('document.querySelector(".pf-zoomed")')
    for key, modifiers in ("m", 0), ("F10", SHIFT), ("ContextMenu", 0):
        page.key(key, modifiers)
        page.wait(OPEN)
        equal(page.text(".pf-menu b"), "parse")
        page.key("Escape")
        page.wait(CLOSED)
        assert page.evaluate('document.activeElement.getAttribute('
                             '"aria-label")').startswith("parse")


@test
def the_menu_is_worked_by_keys(t):
    page = t.open(draw(text=SMALL))

    page.click_frame("parse")
    page.key("m")
    page.wait(OPEN)
    first = page.evaluate("document.activeElement.textContent")
    page.key("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") != first
    page.key("Home")
    equal(page.evaluate("document.activeElement.textContent"), first)
    page.key("ArrowUp")
    page.key("ArrowDown")
    equal(page.evaluate("document.activeElement.textContent"), first)
    page.key("ArrowDown")
    page.key("Enter")
    page.wait(CHANGED)
    page.wait(CLOSED)


@test
def the_menu_is_in_sight_wherever_it_opens(t):
    page = t.open(draw(text=SMALL), width=400, height=300)

    for name in "all", "start", "Read", "token":
        open_menu(page, name)
        box = page.ask("""() => {
            const b = document.querySelector(".pf-menu").
                getBoundingClientRect();
            return [b.left, b.top, innerWidth - b.right];
        }""")
        assert min(box) >= -1, f"{name}: {box}"
        page.key("Escape")
        page.wait(CLOSED)


@test
def a_click_beside_the_menu_closes_it(t):
    page = t.open(draw(text=SMALL))

    open_menu(page, "main")
    page.click(600, 790)
    page.wait(CLOSED)
    equal(page.count(".pf-zoomed"), 0)


@test
def the_menu_copies_names_and_stacks(t):
    page = t.open(draw(text=SMALL))

    open_menu(page, "Read")
    choose(page, "y")
    equal(page.clipboard(), "Read")
    open_menu(page, "Read")
    choose(page, "c")
    equal(page.clipboard(), "main;parse;token;Read")


@test
def reset_brings_back_the_picture(t):
    page = t.open(draw(text=SMALL))
    before = page.places()

    open_menu(page, "token")
    choose(page, "f")
    open_menu(page, "main")
    choose(page, "h")
    page.click_frame("parse")
    page.key("0")
    page.settle()
    equal(page.places(), before)
    equal(page.hash() in ("", "#"), True)
