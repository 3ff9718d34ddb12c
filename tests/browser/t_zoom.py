# SPDX-License-Identifier: MIT
"""Zoom, and what the address does with it."""
from picture import SMALL, draw
from suite import equal, near, test

ZOOMED = 'document.querySelector(".pf-zoomed")'
WHOLE = f"!{ZOOMED}"


@test
def a_click_zooms_and_back_and_forward_go_there(t):
    page = t.open(draw(text=SMALL))
    before = page.places()

    page.click_frame("run")
    page.wait(ZOOMED)
    near(page.frame("run").width, 1, 0.01)
    near(page.frame("walk").width, 40 / 64, 0.01)
    assert not page.shows("parse")
    zoomed = page.places()
    assert page.hash().startswith("#z="), page.hash()
    page.back()
    page.wait(WHOLE)
    equal(page.places(), before)
    page.forward()
    page.wait(ZOOMED)
    equal(page.places(), zoomed)


@test
def escape_zooms_out(t):
    page = t.open(draw(text=SMALL))
    before = page.places()

    page.click_frame("walk")
    page.wait(ZOOMED)
    for _ in range(9):
        if page.evaluate(WHOLE):
            break
        page.key("Escape")
        page.settle()
    equal(page.places(), before)


@test
def callers_stay_as_boxes_of_full_width(t):
    page = t.open(draw(text=SMALL))

    page.click_frame("walk")
    page.wait(ZOOMED)
    for name in "all", "main", "run", "walk":
        near(page.frame(name).width, 1, 0.01, name)
    page.click_frame("main")
    page.settle()
    near(page.frame("main").width, 1, 0.01)
    assert page.shows("parse")


@test
def a_link_shows_what_was_shown(t):
    page = t.open(draw(text=SMALL))

    page.click_frame("parse")
    page.wait(ZOOMED)
    other = t.open(page.path, page.hash())
    other.wait(ZOOMED)
    equal(other.places(), page.places())


@test
def a_broken_address_does_no_harm(t):
    page = t.open(draw(text=SMALL))

    for bad in ("#z=999999999&s=%E0%A4%A&&=&z", "#z=", "#s=", "#z=zz",
                "#z=-1&m=%00", "#" + "z" * 70000, "#s=" + "(" * 3000,
                "#__proto__=1&constructor=2"):
        other = t.open(page.path, bad)
        equal(other.places(), page.places(), bad[:40])


@test
def enter_zooms_into_the_frame_that_has_the_focus(t):
    page = t.open(draw(text=SMALL))

    page.key("Tab")
    for _ in range(20):
        if page.evaluate('document.activeElement.closest(".pf-frames .r")'
                         " !== null"):
            break
        page.key("Tab")
    page.key("ArrowUp")
    page.key("Enter")
    page.wait(ZOOMED)
    near(page.frame("main").width, 1, 0.01)
    assert not page.shows("start")
