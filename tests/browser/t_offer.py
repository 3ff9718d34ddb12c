# SPDX-License-Identifier: MIT
"""What is offered where: filters only where they do what they say."""
from picture import draw, keep, pprof
from suite import equal, test
from t_menu import CHANGED, CLOSED, OPEN, compare, choose, open_menu

FILTERS = set("fwshxk")

TIMED = "".join(f"a 1 [000] {n}.0: 1 cycles:\n\t 10 {f} (/x)\n"
                "\t 20 main (/x)\n\n" for n, f in enumerate("fgfgf"))

FILES = [([(b"main", b"m.c", 1), (f, b"a.c", n)], 10 + n)
         for n, f in enumerate([b"f", b"g", b"h"])]


def offered(page):
    return set(page.evaluate('[...document.querySelectorAll(".pf-menu kbd")]'
                             ".map(e => e.textContent)"))


def menu_of(page, name):
    open_menu(page, name)
    found = offered(page)
    page.key("Escape")
    page.wait(CLOSED)
    return found


@test
def a_chart_offers_nothing_that_joins_what_lies_apart(t):
    path = draw("--flamechart", keep("timed.perf", TIMED))
    page = t.open(path)
    before = page.places()

    equal(menu_of(page, "main") & FILTERS, set())
    assert {"Enter", "y", "c", "p"} <= menu_of(page, "main")
    page.click_frame("main")
    page.key("0")
    page.key("v")
    page.wait(OPEN)
    equal(offered(page) & set("rok"), set())
    page.key("Escape")
    for key in "fwshxkro":
        page.key(key)
    page.settle()
    equal(page.places(), before)
    page.key("?")
    for key in "fwshxkrod":
        assert not page.evaluate('[...document.querySelectorAll(".pf-help '
                                 f'th")].some(e => e.textContent === "{key}'
                                 '")'), key
    for address in "f=main", "k=1", "r=1", "o=size", "w=main", "h=f":
        equal(t.open(path, "#" + address).places(), before, address)


@test
def rows_that_are_no_functions_show_no_command(t):
    for by in "module", "file", "line", "package":
        page = t.open(draw("-g", by, text=pprof(FILES)))
        name = max((f for f in page.frames() if f.row == 1),
                   key=lambda f: f.width).name
        open_menu(page, name)
        equal(choose(page, "f"), "", by)
        page.wait(CHANGED)
        equal(page.text(".pf-changed code"), "")
        assert not page.evaluate('[...document.querySelectorAll('
                                 '".pf-changed button")].find(b => b.'
                                 'textContent === "Copy").checkVisibility()')
    page = t.open(draw("-g", "name", keep("files.pb", pprof(FILES))))
    open_menu(page, "f")
    compare(t, page, choose(page, "f"))


@test
def frames_without_a_name_are_filtered_by_nothing(t):
    unknown = "a 1 [000] 1.0: 1 cycles:\n\t 10 f (/x)\n" \
        "\t 30 [unknown] (/y)\n\t 34 [unknown] (/y)\n\t 20 g (/x)\n" \
        "\t 24 g (/x)\n\n"
    page = t.open(draw("--root", "none", keep("unknown.perf", unknown)))
    equal(menu_of(page, "[y]") & set("fwshx"), set())
    open_menu(page, "g")
    compare(t, page, choose(page, "k"))
    equal(len([f for f in page.frames() if f.name == "[y]"]), 2)
    equal(t.open(page.path, "#h=[y]").places(), t.open(page.path).places())

    page = t.open(draw(text=pprof([([(b"main", b"m.c", 1), (b"", b"a.c", 1)],
                                    10), ([(b"main", b"m.c", 1)], 5)])))
    equal(menu_of(page, "(no name)") & set("fwshx"), set())


@test
def frames_that_root_adds_are_filtered_by_nothing(t):
    file = keep("rooted.perf", TIMED)
    page = t.open(draw("--root", "comm", file))
    equal(menu_of(page, "a") & FILTERS, set())
    assert FILTERS <= menu_of(page, "main")
    page = t.open(draw("--root", "comm", "--reverse", file))
    equal(menu_of(page, "a") & FILTERS, set())
    assert FILTERS <= menu_of(page, "main")


@test
def names_with_controls_are_found_by_their_commands(t):
    from t_hostile import EVIL, evil_profile, shown
    names = [n for n in EVIL if shown(n) != n.decode(errors="ignore")]
    names += [b"\\x01", b"\\u202e"]
    path = keep("evil.pb", pprof([([(b"root", b"", 0), (n, n + b".c", 7)], 9)
                                  for n in names]))
    assert len(names) > 8, names
    for name in names:
        page = t.open(draw(path))
        open_menu(page, shown(name))
        command = choose(page, "f")
        page.wait(CHANGED)
        compare(t, page, command)


RECURSIVE = "main;walk;walk;b 5\nmain;b 3\nmain;walk;c;walk 2\n"


@test
def a_sandwich_of_recursion_shows_no_command_for_its_callers(t):
    page = t.open(draw(keep("recursive.folded", RECURSIVE)))
    open_menu(page, "walk")
    command = choose(page, "w")
    equal(command.count("\n"), 0, command)
    assert "--show-from '^walk$'" in command, command
    page.key("0")
    page.settle()
    open_menu(page, "b")
    equal(choose(page, "w").count("\n"), 1)


@test
def an_address_that_leaves_nothing_says_so(t):
    path = draw(text=RECURSIVE)
    for address in "f=nowhere", "from=nowhere", "w=nowhere":
        page = t.open(path, "#" + address)
        assert page.text(".pf-changed code").startswith(
            "Nothing matches the filters"), address
        page.click_on(".pf-changed button", 1)
        page.wait(f"!{CHANGED}")
        assert page.shows("walk")
    page = t.open(path, "#f=b")
    assert "pflame" in page.text(".pf-changed code")
