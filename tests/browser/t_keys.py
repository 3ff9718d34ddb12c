# SPDX-License-Identifier: MIT
"""Every key that the help names does what the help says."""
import re

from chrome import ALT
from picture import SMALL, data, draw, same_places
from suite import equal, near, test
from t_menu import CHANGED, CLOSED, OPEN
from t_static import ground

ZOOMED = 'document.querySelector(".pf-zoomed")'
KEYS = {}


def key(*names):
    """The test is about these keys."""
    def mark(function):
        for name in names:
            KEYS[name] = function
        return test(function)
    return mark


def here(page):
    """The name of the frame that has the focus."""
    label = page.evaluate('document.activeElement?.getAttribute('
                          '"aria-label")')
    return re.sub("^[\u25b2\u25bc\u2248\u2212] ", "", label or "").split(
        ",")[0]


def walk(page, *path, up="ArrowUp"):
    """Goes from the root to a frame by arrows only."""
    for _ in range(10):
        if here(page) == "all":
            break
        page.key("Tab")
    equal(here(page), "all")
    for name in path:
        page.key(up)
        for step in ["ArrowRight"] * 8 + ["ArrowLeft"] * 16:
            if here(page) == name:
                break
            page.key(step)
        equal(here(page), name)


def opened(t, *path, **options):
    page = t.open(draw(text=SMALL), **options)
    walk(page, *path)
    return page


def changed_to(page, name, width):
    page.wait(CHANGED)
    page.settle()
    near(page.frame(name).width, width, 0.005, name)


@key("\u2190 \u2191 \u2193 \u2192")
def arrows_go_to_parents_children_and_siblings(t):
    page = opened(t, "main", "parse", "token", "Read")

    page.key("ArrowDown")
    equal(here(page), "token")
    page.key("ArrowDown")
    equal(here(page), "parse")
    page.key("ArrowRight")
    page.key("ArrowLeft")
    equal(here(page), "parse")
    page.key("ArrowDown")
    page.key("ArrowDown")
    page.key("ArrowDown")
    equal(here(page), "all")


@test
def arrows_follow_the_picture_when_it_is_turned(t):
    page = t.open(draw("--inverted", text=SMALL))

    walk(page, "main", "run", "walk", up="ArrowDown")
    page.key("ArrowUp")
    equal(here(page), "run")


@test
def one_frame_can_be_reached_by_tab(t):
    page = opened(t, "main", "parse")

    equal(page.count('.pf-frames [tabindex="0"]'), 1)
    page.key("ArrowUp")
    equal(page.count('.pf-frames [tabindex="0"]'), 1)
    equal(page.count('.pf-frames [role="treeitem"]'), 1)
    equal(page.evaluate('document.querySelector(".pf-frames").getAttribute('
                        '"role")'), "tree")
    level = page.evaluate('document.activeElement.getAttribute('
                          '"aria-level")')
    equal(level, "4")


@key("Enter")
def enter_zooms(t):
    page = opened(t, "main", "run")

    page.key("Enter")
    page.wait(ZOOMED)
    near(page.frame("run").width, 1, 0.005)
    equal(here(page), "run")


@key("Esc")
def escape_goes_up_and_twice_to_the_top(t):
    page = opened(t, "main", "run", "walk", "run")

    page.key("Enter")
    page.wait(ZOOMED)
    page.key("Escape")
    page.settle()
    near(page.frame("walk").width, 1, 0.005)
    assert not page.shows("parse")
    page.key("Escape")
    page.wait(f"!{ZOOMED}")


@key("Backspace")
def backspace_goes_up_by_one(t):
    page = opened(t, "main", "run", "walk")

    page.key("Enter")
    page.wait(ZOOMED)
    page.key("Backspace")
    page.settle()
    near(page.frame("run").width, 1, 0.005)
    assert page.shows("token") and not page.shows("parse")
    page.key("Backspace")
    page.key("Backspace")
    page.wait(f"!{ZOOMED}")


@key("Home")
def home_goes_to_the_top(t):
    page = opened(t, "main", "run", "walk")

    page.key("Enter")
    page.wait(ZOOMED)
    page.key("Home")
    page.wait(f"!{ZOOMED}")
    equal(here(page), "all")


@key("+", "-")
def plus_and_minus_zoom_in_and_out(t):
    page = opened(t)

    page.key("+")
    page.wait(ZOOMED)
    near(page.frame("main").width, 1, 0.005)
    assert not page.shows("start")
    page.key("+")
    page.settle()
    near(page.frame("run").width, 1, 0.005)
    page.key("-")
    page.settle()
    assert page.shows("parse") and not page.shows("start")
    page.key("-")
    page.wait(f"!{ZOOMED}")


@key("f")
def f_keeps_stacks_with_the_function(t):
    page = opened(t, "main", "parse")
    page.key("f")
    changed_to(page, "parse", 1)


@key("w")
def w_makes_a_sandwich(t):
    page = opened(t, "main", "run", "token")
    page.key("w")
    changed_to(page, "token", 1)
    near(page.frame("run").width, 24 / 79, 0.005)


@key("s")
def s_shows_from_here(t):
    page = opened(t, "main", "parse")
    page.key("s")
    changed_to(page, "parse", 1)
    assert not page.shows("main")


@key("h")
def h_hides_the_function(t):
    page = opened(t, "main", "parse")
    page.key("h")
    changed_to(page, "token", 55 / 140.01)
    assert not page.shows("parse")


@key("x")
def x_ignores_stacks_with_the_function(t):
    page = opened(t, "main", "parse")
    page.key("x")
    changed_to(page, "run", 64 / 85)
    assert not page.shows("parse")


@key("k")
def k_collapses_recursion_and_restores_it(t):
    page = opened(t, "main", "parse")
    near(page.frame("token").width, 30 / 140, 0.005)
    page.key("k")
    changed_to(page, "token", 55 / 140)
    page.key("k")
    page.wait(f"!{CHANGED}")


@key("i")
def i_turns_the_picture(t):
    page = opened(t, "main")

    assert page.frame("all").y > page.frame("main").y
    page.key("i")
    page.settle()
    assert page.frame("all").y < page.frame("main").y
    equal(here(page), "main")


@key("r")
def r_merges_from_the_leaves(t):
    page = opened(t)

    page.key("r")
    page.settle()
    assert page.frame("walk").row == 1
    near(page.frame("token").width, 59 / 140, 0.005)


@key("o")
def o_orders_by_size_and_back(t):
    page = opened(t)
    before = page.places()

    page.key("o")
    page.settle()
    assert page.frame("run").left < page.frame("parse").left
    assert page.frame("parse").left < page.frame("read").left
    page.key("o")
    page.settle()
    equal(page.places(), before)


@key("d")
def d_goes_through_the_widths_of_a_comparison(t):
    page = t.open(draw("--diff", data("pprof/a.pb.gz"),
                       data("pprof/b.pb.gz")))
    page.key("Tab")
    before = page.places()
    seen = []
    for _ in range(4):
        page.key("d")
        page.settle()
        seen.append(page.places())
    assert same_places(seen[3], before), [
        (a, b) for a, b in zip(seen[3], before) if a != b]
    equal(len({str(s) for s in seen}), 4)


@key("t")
def t_goes_through_the_themes(t):
    page = opened(t, dark=True)

    equal(ground(page), True)
    page.key("t")
    page.settle()
    equal(ground(page), False)
    page.key("t")
    page.media(dark=False)
    page.settle()
    equal(ground(page), True)
    page.key("t")
    page.settle()
    equal(ground(page), False)


@key("p", "Alt-click")
def p_and_alt_click_pin_the_details(t):
    page = opened(t, "main", "run")

    page.key("p")
    page.settle()
    pinned = page.told()
    assert pinned.startswith("Function: run"), pinned
    page.move(*page.bring("parse"))
    page.settle()
    equal(page.told(), pinned)
    page.key("p")
    page.settle()
    page.move(*page.bring("idle"))
    page.settle()
    assert page.told().startswith("Function: idle"), page.told()
    page.click_frame("parse", modifiers=ALT)
    page.move(*page.bring("idle"))
    page.settle()
    assert page.told().startswith("Function: parse"), page.told()
    equal(page.count(".pf-zoomed"), 0)
    assert page.evaluate("""(() => {
        const info = document.querySelector(".pf-info");
        getSelection().selectAllChildren(info);
        return getSelection().toString().includes("total");
    })()""")


@key("c", "y")
def c_and_y_copy_stack_and_name(t):
    page = opened(t, "main", "parse", "token", "Read")

    page.key("c")
    page.wait('document.querySelector(".pf-info").textContent.includes(";")')
    equal(page.clipboard(), "main;parse;token;Read")
    page.key("y")
    page.wait('!document.querySelector(".pf-info").textContent.'
              'includes(";")')
    equal(page.clipboard(), "Read")


@key("l")
def l_copies_the_command_line(t):
    page = opened(t)

    page.key("l")
    page.wait('document.querySelector(".pf-info").textContent.'
              'includes("pflame")')
    assert page.clipboard().startswith("pflame")


@key("e")
def e_opens_the_source(t):
    page = t.open(draw("--href", "https://example.org/%f#L%l",
                       data("pprof/go123.pb.gz")))
    t.forgive("window")
    # The new window would ask for a page that is not there.
    page.evaluate("""void (HTMLElement.prototype.click = function () {
        window.asked = this.getAttribute("href");
    })""")
    page.key("Tab")
    page.key("ArrowUp")
    page.key("e")
    asked = page.wait("window.asked")
    assert re.match(r"https://example\.org/.*\.go#L\d+$", asked), asked


@key("/", "In search")
def slash_opens_the_search_and_its_keys_work(t):
    page = opened(t, "main")

    page.key("/")
    page.wait('document.activeElement?.localName === "input"')
    page.type("tok")
    page.wait('document.querySelector(".pf-searched")')
    page.key("ArrowDown")
    page.settle()
    equal(here(page), "token")
    page.key("/")
    page.key("Escape")
    page.wait('!document.querySelector(".pf-searched")')


@key("n", "N")
def n_visits_matches(t):
    page = opened(t)

    page.key("/")
    page.type("walk")
    page.wait('document.querySelector(".pf-searched")')
    page.click_frame("all")
    page.key("n")
    page.settle()
    equal(here(page), "walk")
    page.key("N")
    page.settle()
    equal(here(page), "walk")


@key("m")
def m_opens_the_menu_of_the_frame(t):
    page = opened(t, "main")

    page.key("m")
    page.wait(OPEN)
    equal(page.text(".pf-menu b"), "main")
    page.key("Escape")
    page.wait(CLOSED)


@key("v")
def v_opens_the_menu_of_the_view(t):
    page = opened(t)

    page.key("v")
    page.wait(OPEN)
    assert "Theme" in page.text(".pf-menu")
    page.key("Escape")
    page.wait(CLOSED)


@key("?")
def a_question_mark_opens_the_help(t):
    page = opened(t)

    page.key("?")
    page.wait('document.querySelector(".pf-help:not([hidden])")')
    page.key("Escape")
    page.wait('document.querySelector(".pf-help[hidden]")')


@key("0")
def zero_resets(t):
    page = opened(t, "main", "parse")
    before = page.places()

    for k in "f", "i", "o", "Enter":
        page.key(k)
        page.settle()
    assert page.places() != before
    page.key("0")
    page.settle()
    equal(page.places(), before)
    equal(page.count(".pf-zoomed"), 0)


@key("Back")
def back_undoes_what_keys_did(t):
    page = opened(t, "main", "parse")
    before = page.places()

    page.key("f")
    page.wait(CHANGED)
    page.back()
    page.wait(f"!{CHANGED}")
    page.settle()
    equal(page.places(), before)


@test
def every_key_of_the_help_is_tested_and_nothing_else(t):
    page = t.open(draw("--diff", "--href", "https://example.org/%n",
                       data("pprof/a.pb.gz"), data("pprof/b.pb.gz")))
    named = page.evaluate('[...document.querySelectorAll(".pf-help th")].'
                          "map(e => e.textContent)")
    equal(sorted(named), sorted(KEYS))


@test
def every_function_has_a_button_or_menu_too(t):
    page = opened(t)
    seen = set(page.evaluate('[...document.querySelectorAll(".pf-tools '
                             'button")].map(b => (b.title.match('
                             "/\\(([^)]+)\\)$/) || [])[1])"))
    for k in "m", "v":
        page.key(k)
        page.wait(OPEN)
        seen |= set(page.evaluate(
            '[...document.querySelectorAll(".pf-menu kbd")].'
            "map(e => e.textContent)"))
        page.key("Escape")
        page.wait(CLOSED)
    keys = {k for k in KEYS if len(k) == 1} - {"n", "N", "m", "w", "e", "d",
                                               "p"}
    # Of the root there is no sandwich: its item is missing there.
    missing = keys - seen - {"f", "s", "h", "x"}
    assert not missing, missing


@test
def keys_with_control_or_alt_are_left_to_the_browser(t):
    from chrome import CTRL
    page = opened(t, "main", "parse")
    before = page.places()

    for k in "x", "c", "h", "i":
        page.key(k, CTRL)
    page.key("f", ALT)
    page.settle()
    equal(page.places(), before)
