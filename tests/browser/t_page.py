# SPDX-License-Identifier: MIT
"""A picture as part of a page, under a content policy, by touch, in print."""
import os
import re

from picture import DATA, OUT, SMALL, address, data, draw, keep, tool
from suite import equal, near, test
from t_keys import walk
from t_static import REAL, check_contrast, ground, real

ZOOMED = 'document.querySelector(".pf-zoomed")'
MENU = 'document.querySelector(".pf-menu:not([hidden])")'


def inline(path, head="", before="", after=""):
    """An HTML page that has a picture in it."""
    with open(path, encoding="utf-8") as text:
        svg = re.sub(r"^<\?xml[^>]*\?>\s*", "", text.read())
    return f"<!doctype html><html><head><meta charset=utf-8>{head}" \
        f"<title>page</title></head><body>{before}{svg}{after}</body></html>"


def policy(source):
    return '<meta http-equiv="Content-Security-Policy" content="default-src' \
        f" 'none'; style-src 'unsafe-inline'; script-src {source}\">"


@test
def a_policy_with_the_hash_lets_the_script_run(t):
    source = "'" + tool("pflame", "--csp-hash").decode().strip() + "'"
    page = t.visit(keep("policy.html", inline(draw(text=SMALL),
                                              policy(source))))
    page.wait('document.querySelector(".pf-live")')
    page.click_on(".pf-frames .r:nth-last-child(2) > svg")
    page.settle()


@test
def all_functions_work_under_a_policy(t):
    """Nothing may need what a strict policy forbids."""
    source = "'" + tool("pflame", "--csp-hash").decode().strip() + "'"
    page = t.visit(keep("policy.html", inline(draw(text=SMALL),
                                              policy(source))))
    page.evaluate("""void document.querySelector(
        '.pf-frames [tabindex="0"]').focus()""")
    page.key("ArrowUp")
    for key in "Enter", "Backspace", "f", "0", "i", "r", "o", "t", "t", "k", \
            "?", "Escape", "m", "ArrowDown", "Escape", "w", "0", "/", "m", \
            "a", "Enter", "Escape", "p", "c", "v", "Escape", "+", "-":
        page.key(key)
        page.settle()


@test
def a_policy_without_the_hash_leaves_the_static_picture(t):
    t.forgive("Content Security Policy")
    page = t.visit(keep("blocked.html", inline(
        draw(text=SMALL), policy("'sha256-" + "A" * 43 + "='"))))
    equal(page.count(".pf-live"), 0)
    assert page.count(".r > *") > 10


@test
def inside_a_page_the_address_is_left_alone(t):
    page = t.visit(keep("inline.html", inline(
        draw(text=SMALL), before="<h1>Report</h1><input id=mine>",
        after="<p id=end>end</p>")))
    page.wait('document.querySelector(".pf-live")')
    before = page.evaluate("history.length")

    page.click_on(".pf-frames .r:nth-last-child(2) > svg")
    page.wait(ZOOMED)
    page.key("f")
    page.key("i")
    page.settle()
    equal(page.hash(), "")
    equal(page.evaluate("history.length"), before)


@test
def inside_a_page_keys_of_other_elements_are_not_taken(t):
    page = t.visit(keep("inline.html", inline(
        draw(text=SMALL), before="<input id=mine>")))
    page.wait('document.querySelector(".pf-live")')

    page.click_on("#mine")
    page.type("/fixt?")
    equal(page.evaluate("document.querySelector('#mine').value"), "/fixt?")
    equal(page.evaluate("document.activeElement.id"), "mine")


@test
def two_pictures_in_a_page_do_not_disturb_each_other(t):
    one, other = draw(text=SMALL), draw("--inverted", text="x;y 5\nx;z 6\n")
    with open(other, encoding="utf-8") as text:
        second = re.sub(r"^<\?xml[^>]*\?>\s*", "", text.read())
    page = t.visit(keep("two.html", inline(one, after="<hr>" + second)))
    page.wait('document.querySelectorAll(".pf-live").length === 2')

    before = page.evaluate('document.querySelectorAll(".pf")[1].'
                           'querySelector(".pf-frames").textContent')
    page.click_on(".pf-frames .r:nth-last-child(2) > svg")
    page.wait(ZOOMED)
    equal(page.count(".pf-zoomed"), 1)
    equal(page.evaluate('document.querySelectorAll(".pf")[1].'
                        'querySelector(".pf-frames").textContent'), before)


@test
def inside_a_frame_the_outer_address_is_left_alone(t):
    path = draw(text=SMALL)
    page = t.visit(keep("frame.html", "<!doctype html><iframe width=1200 "
                        f"height=500 src='{os.path.basename(path)}'>"
                        "</iframe>"), allowed=[address(path)])
    box = page.box("iframe")
    page.settle()
    page.click(box[0] + 300, box[1] + 150)
    page.settle()
    equal(page.hash(), "")


# --- touch ------------------------------------------------------------------

@test
def a_tap_tells_and_a_second_one_zooms(t):
    page = t.open(draw(text=SMALL), width=500, height=900, touch=True)

    page.tap(*page.bring("run"))
    page.wait('document.querySelector(".pf-info").textContent.'
              'startsWith("Function: run")')
    equal(page.count(".pf-zoomed"), 0)
    page.tap(*page.bring("run"))
    page.wait(ZOOMED)
    near(page.frame("run").width, 1, 0.005)


@test
def a_long_press_opens_the_menu_and_does_not_zoom(t):
    page = t.open(draw(text=SMALL), width=500, height=900, touch=True)

    page.press_long(*page.bring("parse"), MENU)
    page.settle()
    assert page.evaluate(f"{MENU} !== null")
    equal(page.text(".pf-menu b"), "parse")
    equal(page.count(".pf-zoomed"), 0)
    keys = page.evaluate('[...document.querySelectorAll(".pf-menu kbd")]'
                         ".map(e => e.textContent)")
    x, y, w, h = page.box(".pf-menu button", keys.index("f"))
    assert h >= 24, h
    page.tap(x + w / 2, y + h / 2)
    page.wait('document.querySelector(".pf-changed:not([hidden])")')
    near(page.frame("parse").width, 1, 0.005)


@test
def frames_are_high_enough_for_fingers(t):
    page = t.open(draw(text=SMALL), width=500, height=900, touch=True)

    rows = sorted({f.y for f in page.frames()})
    step = min(b - a for a, b in zip(rows, rows[1:]))
    assert step >= 16, step
    for n in range(page.count(".pf-tools button")):
        box = page.box(".pf-tools button", n)
        assert box[2] >= 20 and box[3] >= 20, box


# --- what viewers prefer ----------------------------------------------------

@test
def the_option_decides_the_theme_against_the_viewer(t):
    for theme, dark in ("light", False), ("dark", True):
        path = draw("--theme", theme, data("pprof/go123.pb.gz"))
        for viewer in False, True:
            for scripts in False, True:
                page = t.open(path, dark=viewer, scripts=scripts)
                equal(ground(page), dark, f"{theme} {viewer} {scripts}")
                check_contrast(page, f"{theme} {viewer} {scripts}")


@test
def labels_can_be_read_while_zoomed_and_searched(t):
    for dark in False, True:
        for name in "go", "large":
            page = t.open(real(name), dark=dark)
            f = sorted((f for f in page.frames() if f.label and f.row > 2),
                       key=lambda f: -f.width)[0]
            page.click(*page.bring(f.name))
            page.settle()
            check_contrast(page, f"zoomed, dark {dark}")
            page.key("/")
            page.type("main|runtime|e")
            page.wait('document.querySelector(".pf-searched")')
            page.settle()
            check_contrast(page, f"searched, dark {dark}")


@test
def the_page_works_whatever_the_viewer_prefers(t):
    for wish in {"forced_colors": True}, {"contrast": True}, \
            {"reduced_motion": True}, {"medium": "print"}:
        page = t.open(draw(text=SMALL))
        page.media(**wish)
        page.settle()
        page.screenshot(os.path.join(OUT, next(iter(wish)) + ".png"))
        if wish.get("medium"):
            equal(page.evaluate("""[...document.querySelectorAll(
                ".pf-tools, .pf-search, .pf-menu, .pf-help")].every(e =>
                getComputedStyle(e).display === "none" || getComputedStyle(
                e).visibility === "hidden" || !e.checkVisibility())"""),
                  True, "controls on paper")
        equal(len(page.frames()) > 10, True)


@test
def forced_colours_leave_frames_apart_from_each_other(t):
    page = t.open(draw(text=SMALL), forced_colors=True)

    same = page.evaluate("""(() => {
        const e = document.querySelector(".r>svg");
        const r = getComputedStyle(e.querySelector("rect"));
        const t = getComputedStyle(e.querySelector("text"));
        return r.fill === t.fill;
    })()""")
    equal(same, False)


# --- options ----------------------------------------------------------------

@test
def without_js_there_is_no_script_and_no_data(t):
    page = t.open(draw("--no-js", text=SMALL))

    equal(page.count("script"), 0)
    equal(page.count(".pf-live"), 0)
    assert page.shows("token")


@test
def without_data_only_what_is_drawn_can_be_zoomed(t):
    page = t.open(draw("--no-data", text=SMALL))

    assert page.live
    page.click_frame("start")
    page.wait(ZOOMED)
    equal(page.shows("tiny"), False)
    page.click_frame("all")
    full = t.open(draw(text=SMALL))
    full.click_frame("start")
    full.wait(ZOOMED)
    equal([f.name for f in full.frames() if f.row == 2 and f.width < 0.01
           and not f.rest and f.name], [])
    full.key("f")
    full.settle()


@test
def links_lead_to_templates_and_never_to_scripts(t):
    from picture import pprof
    evil = [(b"f%d" % i, file, 7) for i, file in enumerate([
        b"javascript:window.pwned=1", b" javascript:window.pwned=1",
        b"JaVaScRiPt:window.pwned=1", b"data:text/html,x", b"//evil/x",
        b"\"><script>window.pwned=1</script>", b"a b/c#d?e", b"\x01java"])]
    text = pprof([([f], 10) for f in evil])
    for template in "%f", "%f:%l", "https://example.org/%f#L%l", \
            "javascript:%n":
        try:
            path = draw("--href", template, text=text)
        except AssertionError:
            assert template.startswith("javascript")
            continue
        for scripts in False, True:
            page = t.open(path, scripts=scripts)
            links = page.evaluate("""[...document.querySelectorAll("a")].map(
                a => a.getAttribute("href") || a.getAttributeNS(
                "http://www.w3.org/1999/xlink", "href"))""")
            if template.startswith("https") and not scripts:
                assert len(links) == len(evil), links
            for link in links:
                assert not re.match(r"(?i)[\x00-\x20]*(javascript|data|"
                                    r"vbscript):", link), link
            equal(page.evaluate("typeof window.pwned"), "undefined")


@test
def a_damaged_data_block_leaves_the_static_picture(t):
    with open(draw(text=SMALL), encoding="utf-8") as text:
        whole = text.read()
    start = whole.index('class="pf-data">') + 16
    block = whole[start:whole.index("</script>", start)]
    t.forgive("console")
    for i, bad in enumerate(["", "{", "null", "[]", block[:-9], block.replace(
            '"nodes": "', '"nodes": "z'), block.replace('"v": 1', '"v": 2'),
            block.replace('"rows": "', '"rows": "////'),
            block.replace('"sides": 1', '"sides": 2')]):
        page = t.open(keep(f"damaged{i}.svg", whole.replace(block, bad)))
        assert page.shows("token"), f"damage {i}"


@test
def the_model_of_the_script_passes_its_own_tests(t):
    here = os.path.dirname(os.path.abspath(__file__))
    root = os.path.join(here, "..", "..")
    with open(os.path.join(root, "libanalysis", "flame.js"),
              encoding="utf-8") as text:
        script = text.read()
    with open(os.path.join(here, "check_model.js"), encoding="utf-8") as text:
        check = text.read()
    start = script.index("const { decode")
    model = script[start:script.index("\n})();\n", start) + 7]
    page = t.visit(keep("model.html", "<!doctype html><title>model</title>"))
    page.evaluate(model + check + "\n;0")
    report = page.evaluate("globalThis.modelReport")
    bad = [line for line in report if line.startswith("FAIL")]
    assert not bad, "\n".join(bad)
    assert re.fullmatch(r"model: [1-9]\d+ passed, 0 failed", report[-1])


@test
def a_zoom_of_a_large_picture_answers_soon(t):
    """Generous: what hangs fails; the figure is what counts."""
    lines = []
    for i in range(60000):
        lines.append(f"main;a{i % 30};b{i % 600};c{i % 12000};d{i} "
                     f"{1 + i % 7}\n")
    page = t.open(draw("--minwidth", "0", text="".join(lines)))
    took = page.evaluate("""new Promise(done => {
        const e = [...document.querySelectorAll(".r>svg")].find(e =>
            e.querySelector("text")?.textContent === "a7");
        const t = performance.now();
        e.querySelector("rect").dispatchEvent(new MouseEvent("click",
            {bubbles: true}));
        document.documentElement.getBoundingClientRect();
        done(performance.now() - t);
    })""")
    print(f"# zoom among 72,631 frames: {took:.0f} ms")
    assert took < 2000, took


@test
def screenshots_are_taken_of_what_the_script_shows(t):
    for dark in False, True:
        tone = "dark" if dark else "light"
        page = t.open(real("go"), dark=dark)
        walk(page, "runtime.main")
        for key, name in ("m", "menu"), ("Escape", ""), ("?", "help"), \
                ("Escape", ""), ("w", "sandwich"), ("0", ""), \
                ("i", "inverted"), ("0", ""), ("/", ""):
            page.key(key)
            page.settle()
            if name:
                page.screenshot(os.path.join(OUT, f"{name}-{tone}.png"))
        page.type("sha256")
        page.key("Enter")
        page.type("main")
        page.wait('location.hash.includes("s=main")')
        page.settle()
        page.screenshot(os.path.join(OUT, f"search-{tone}.png"))


# --- what screen readers hear -----------------------------------------------

@test
def the_frame_with_the_focus_is_an_item_of_a_tree(t):
    page = t.open(draw(text=SMALL))
    walk(page, "main", "parse")

    nodes = {n["nodeId"]: n for n in page.call(
        "Accessibility.getFullAXTree")["nodes"]}
    items = [n for n in nodes.values() if not n["ignored"] and
             n["role"]["value"] == "treeitem"]
    equal(len(items), 1)
    assert items[0]["name"]["value"].startswith("parse, total"), items
    found = {p["name"]: p["value"].get("value")
             for p in items[0]["properties"]}
    equal(found.get("level"), 3, str(found))
    equal(found.get("focused"), True, str(found))
    up = nodes[items[0]["parentId"]]
    while up["ignored"] or up["role"]["value"] == "none":
        up = nodes[up["parentId"]]
    equal(up["role"]["value"], "tree")


@test
def a_picture_is_drawn_once(t):
    for options in {}, {"width": 400}, {"touch": True, "width": 500}:
        page = t.open(draw(text=SMALL + "w" * 300 + " 90\nmain;idle;" +
                           ";".join(f"d{i}" for i in range(90)) + " 50\n"),
                      **options)
        page.settle()
        page.evaluate("""void (window.drawn = 0, new MutationObserver(() =>
            window.drawn++).observe(document.querySelector(".pf-frames"),
            {childList: true}))""")
        x, y = page.bring("main")
        page.move(x, y)
        page.settle()
        page.key("/")
        page.settle()
        equal(page.evaluate("window.drawn"), 0, str(options))
        near(page.evaluate("""(() => {
            const a = document.querySelector(".pf-frames"), r = a.
                querySelector(".a>rect").getBoundingClientRect();
            return a.width.baseVal.value * a.getScreenCTM().a / r.width;
        })()"""), 1, 0.01, str(options))
        page.key("Escape")
        page.settle()
        page.evaluate("void (window.drawn = 0)")
        walk(page, "main", "parse")
        page.key("f")
        page.settle()
        equal(page.evaluate("window.drawn"), 1, str(options))


@test
def the_end_of_a_long_press_takes_nothing_from_the_menu(t):
    page = t.open(draw(text=SMALL), width=500, height=900, touch=True)
    page.press_long(*page.bring("parse"), MENU)
    page.settle()
    click = """void [...document.querySelectorAll(".pf-menu button")].find(b =>
        b.lastChild.textContent === "f").dispatchEvent(new MouseEvent(
        "click", {bubbles: true, detail: 1}))"""
    page.evaluate(click)
    page.settle()
    assert page.evaluate(f"{MENU} !== null")
    page.tap(490, 890)
    page.wait(f"!{MENU}")
    page.press_long(*page.bring("parse"), MENU)
    page.key("f")
    page.wait('document.querySelector(".pf-changed:not([hidden])")')


@test
def numbers_are_in_sight_however_long_the_path_is(t):
    from picture import pprof
    path = b"/home/of/" + b"somebody/" * 40 + b"a.c"
    file = draw(text=pprof([([(b"main", path, 7), (b"leaf", path, 9)], 10),
                            ([(b"main", path, 7)], 3)]))
    for options in {"width": 400}, {"width": 500, "touch": True}:
        page = t.open(file, **options)
        page.evaluate("""void document.querySelector(
            '.pf-frames [tabindex="0"]').focus()""")
        walk(page, "main", "leaf")
        page.settle()
        seen = page.evaluate("""(() => {
            const i = document.querySelector(".pf-info");
            const b = i.getBoundingClientRect();
            return [...i.querySelectorAll("div")].map(e => {
                const r = e.getBoundingClientRect();
                return r.height > 0 && r.top >= b.top - 1 && r.bottom <=
                    b.bottom + 1 && r.bottom <= innerHeight + 1;
            });
        })()""")
        equal(seen, [True, True], str(options))


@test
def the_menu_stays_in_the_window_with_its_longest_command(t):
    file = keep("a name of a file that is rather long " * 5 + ".folded",
                SMALL)
    page = t.open(draw(file), width=500, height=500)
    for name in "main", "Read":
        page.click(*page.bring(name), button="right")
        page.wait(MENU)
        for number in range(page.count(".pf-menu button")):
            page.move(*page.box(".pf-menu button", number)[:2])
            page.settle()
            box = page.evaluate("""(() => {
                const m = document.querySelector(".pf-menu");
                const c = m.querySelector("code").getBoundingClientRect();
                return [m.getBoundingClientRect().top, innerHeight - m.
                    getBoundingClientRect().bottom, innerHeight - c.bottom];
            })()""")
            assert min(box) >= -1, box
        page.key("Escape")


@test
def pinned_details_come_back_after_a_note(t):
    page = t.open(draw(text=SMALL))
    page.click_frame("parse")
    page.key("p")
    pinned = page.told()
    page.key("c")
    page.wait('document.querySelector(".pf-info").textContent.startsWith('
              '"Copied")')
    page.wait('!document.querySelector(".pf-info").textContent.startsWith('
              '"Copied")')
    equal(page.told(), pinned)


@test
def links_are_those_of_the_static_picture(t):
    from picture import pprof
    file = draw("--href", "https://example.org/%f#L%l,%n", text=pprof([
        ([(b"a(b)*'!~c", b"d/e f\xc3\xa9.c", 7)], 10), ([(b"g", b"", 0)], 4)]))
    asked = """[...document.querySelectorAll(".r a")].map(a =>
        a.getAttribute("href")).sort()"""
    still, live = t.open(file, scripts=False), t.open(file)
    live.key("?")
    assert "Open the source" in live.text(".pf-help")
    equal(live.evaluate(asked), still.evaluate(asked))
    equal(len(live.evaluate(asked)), 1)
    plain = t.open(draw(text=SMALL))
    plain.key("?")
    assert "Open the source" not in plain.text(".pf-help")


@test
def details_begin_with_the_type_of_names(t):
    page = t.open(draw("--nametype", "Frame", text=SMALL))
    page.move(*page.bring("parse"))
    page.settle()
    assert page.told().startswith("Frame: parse"), page.told()


@test
def only_what_is_a_part_of_its_parent_is_told_as_one(t):
    page = t.open(draw(text="m;a 10\nm;b -4\nm;c 2\nn;d 3\nn;e -3\n"))
    for name, is_part in ("a", 0), ("b", 0), ("c", 1), ("d", 0), ("m", 1):
        page.move(*page.bring(name))
        page.settle()
        equal("of parent" in page.told(), bool(is_part), page.told())
