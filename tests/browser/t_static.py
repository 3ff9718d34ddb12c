# SPDX-License-Identifier: MIT
"""The picture as it is drawn: without a script, in both themes."""
import os
import re

from picture import OUT, SMALL, address, data, draw, keep, tool
from suite import equal, near, test

REAL = {
    "go": ("pprof/go123.pb.gz",),
    "cxx": ("perf/real_cxx.txt",),
    "node": ("perf/real_node.txt",),
    "python": ("cprofile/py313.prof",),
    "heap": ("--diff", "pprof/heap.pb.gz", "pprof/heap2.pb.gz"),
    "large": ("--diff", "pprof/a.pb.gz", "pprof/b.pb.gz"),
}


def real(name, *options):
    args = [data(a) if "/" in a else a for a in REAL[name]]
    return draw(*options, *args)


@test
def the_watch_over_pages_sees_every_kind_of_trouble(t):
    """Else all other tests would pass for nothing."""
    page = t.visit(keep("trouble.html", "<!doctype html><script>"
                        "console.error('said'); alert('asked');"
                        "fetch('http://away.invalid/').catch(() => 0);"
                        "new Image().src = 'other.png';"
                        "window.open('about:blank#opened');"
                        "setTimeout(() => { throw Error('thrown'); }, 0);"
                        "window.addEventListener('load', () => "
                        "setTimeout(() => { window.done = 1; }, 50));"
                        "</script>"))
    page.wait("window.done")
    page.settle()
    for kind in "console: said", "dialog: asked", "window", \
            "request: http://away.invalid/", "other.png", "Error: thrown":
        assert any(kind in trouble for trouble in page.troubles), \
            f"{kind}: {page.troubles}"
    t.forgive("")


@test
def without_a_script_every_frame_is_in_its_place(t):
    plain = t.open(draw(text=SMALL), scripts=False)
    live = t.open(draw(text=SMALL))

    assert not plain.live and live.live
    equal(plain.places(), live.places())
    near(plain.frame("main").width, 133 / 140, 0.001)
    near(plain.frame("main", 1).left, 133 / 140, 0.001)
    near(plain.frame("Read").left, plain.frame("token", 1).left, 0.001)


@test
def without_a_script_a_tooltip_tells_self_total_and_shares(t):
    page = t.open(draw(text=SMALL), scripts=False)

    title = page.frame("token").title
    assert "total 30" in title, title
    assert "self 30" in title, title
    assert "21.4%" in title, title


@test
def without_a_script_no_control_is_shown_that_does_nothing(t):
    page = t.open(draw(text=SMALL), scripts=False)

    equal(page.count("button"), 0)
    equal(page.count("input"), 0)


@test
def what_is_not_drawn_is_told(t):
    page = t.open(draw(text=SMALL), scripts=False)

    assert not page.shows("tiny")
    assert re.search(r"\d frames?", page.text("desc")), page.text("desc")


@test
def a_bar_stands_for_frames_too_narrow_to_draw(t):
    text = "m;wide 900\n" + "".join(f"m;n{i:03} 0.4\n" for i in range(250))

    for scripts in False, True:
        page = t.open(draw(text=text), scripts=scripts)
        bars = [f for f in page.frames(rest=True) if f.rest]
        assert bars, "no bar"
        near(sum(b.width for b in bars) + page.frame("wide").width, 1, 0.02)
        page.move(*bars[0].middle())
        if scripts:
            page.settle()
            assert re.search(r"\d+ frames, [\d.]+%", page.told()), \
                page.told()
        else:
            assert re.search(r"\d+ frames, [\d.]+%", bars[0].title), \
                bars[0].title


@test
def inside_an_img_the_picture_is_complete(t):
    """An image has no script and no size but what the page gives it."""
    path = draw(text=SMALL)
    page = t.visit(keep("img.html", "<!doctype html><body style='margin:0'>"
                        f"<img src='{os.path.basename(path)}' width=1200>"),
                   allowed=[address(path)])

    page.wait("document.images[0].complete")
    assert page.evaluate("document.images[0].naturalWidth") > 0
    ratio = page.evaluate("document.images[0].height")
    assert ratio > 50, ratio
    colours = page.evaluate("""new Promise(done => {
        const c = document.createElement("canvas");
        c.width = 1200; c.height = document.images[0].height;
        const g = c.getContext("2d");
        g.drawImage(document.images[0], 0, 0, c.width, c.height);
        try {
            const d = g.getImageData(0, 0, c.width, c.height).data;
            const seen = new Set();
            for (let i = 0; i < d.length; i += 4)
                seen.add(d[i] << 16 | d[i + 1] << 8 | d[i + 2]);
            done(seen.size);
        } catch (e) {
            done(-1);
        }
    })""")
    # A file's picture may not be read back by its page.
    assert colours == -1 or colours > 8, colours


@test
def the_picture_fills_any_width(t):
    for width in 400, 1200, 2400:
        page = t.open(draw(text=SMALL), width=width, scripts=False)
        box = page.box(".pf-frames")
        near(box[2], width * 0.99, 2, f"{width} px")
        equal(page.evaluate("document.documentElement.scrollWidth <= "
                            "innerWidth"), True)


# --- colours ----------------------------------------------------------------

CONTRAST = """() => {
    const parse = (s, over) => {
        let m = s.match(/^rgba?\\(([^)]*)\\)/);
        if (m) {
            const v = m[1].split(/[ ,/]+/).map(Number);
            const a = v.length > 3 ? v[3] : 1;
            return [0, 1, 2].map(i => v[i] * a + over[i] * (1 - a));
        }
        m = s.match(/^color\\(srgb ([^)]*)\\)/);
        if (m) {
            const v = m[1].split(/[ /]+/).map(Number);
            const a = v.length > 3 ? v[3] : 1;
            return [0, 1, 2].map(i => 255 * v[i] * a +
                over[i] * (1 - a));
        }
        return null;
    };
    const light = c => {
        const l = c.map(v => (v /= 255) <= 0.04045 ? v / 12.92 :
            Math.pow((v + 0.055) / 1.055, 2.4));
        return 0.2126 * l[0] + 0.7152 * l[1] + 0.0722 * l[2];
    };
    const mix = (a, b, o) => a.map((v, i) => v * o + b[i] * (1 - o));
    const ground = parse(getComputedStyle(document.querySelector(
        ".pf .bg")).fill, [255, 255, 255]);
    const opacity = (e, end) => {
        let o = 1;
        for (; e && e !== end; e = e.parentElement)
            o *= Number(getComputedStyle(e).opacity);
        return o;
    };
    const worst = {};
    for (const text of document.querySelectorAll(".pf .r text")) {
        const frame = text.parentElement;
        const rect = frame.querySelector("rect");
        const style = getComputedStyle(rect);
        if (getComputedStyle(frame).display === "none" ||
            text.textContent === "")
            continue;
        let fills = [style.fill];
        const hatch = style.fill.match(/^url\\("?#([^")]*)"?\\)/);
        if (hatch)
            fills = [...document.getElementById(hatch[1]).
                querySelectorAll("*")].map(e => {
                const s = getComputedStyle(e);
                return e.localName === "rect" ? s.fill : s.stroke;
            }).filter(s => s !== "none");
        let below = ground;
        for (const fill of fills) {
            const c = parse(fill, below);
            if (!c)
                return {bad: fill};
            const o = opacity(rect, frame.parentElement) *
                Number(style.fillOpacity);
            const back = mix(c, ground, o);
            const ink = mix(parse(getComputedStyle(text).fill, back), back,
                opacity(text, frame.parentElement));
            const a = light(back), b = light(ink);
            const ratio = (Math.max(a, b) + 0.05) /
                (Math.min(a, b) + 0.05);
            const key = frame.getAttribute("class");
            if (!(worst[key] <= ratio))
                worst[key] = ratio;
            below = c;
        }
    }
    return worst;
}"""


def check_contrast(page, what):
    worst = page.ask(CONTRAST)
    assert worst and "bad" not in worst, (what, worst)
    bad = {k: round(v, 2) for k, v in worst.items() if v < 4.5}
    assert not bad, f"{what}: {bad}"


@test
def labels_can_be_read_in_both_themes(t):
    for name in REAL:
        page = t.open(real(name))
        for dark in False, True:
            page.media(dark=dark)
            check_contrast(page, f"{name}, dark {dark}")


@test
def labels_can_be_read_without_a_script(t):
    for dark in False, True:
        page = t.open(real("cxx"), dark=dark, scripts=False)
        check_contrast(page, f"dark {dark}")


def ground(page):
    """Whether the picture's ground is dark."""
    c = page.evaluate('getComputedStyle(document.querySelector(".pf .bg"))'
                      ".fill")
    return sum(map(int, re.findall(r"\d+", c)[:3])) < 3 * 128


@test
def the_theme_is_what_the_viewer_prefers(t):
    for scripts in False, True:
        page = t.open(draw(text=SMALL), scripts=scripts)
        equal(ground(page), False)
        page.media(dark=True)
        equal(ground(page), True)
        page.media(dark=False)
        equal(ground(page), False)


@test
def screenshots_are_taken_in_both_themes_and_three_widths(t):
    for name in REAL:
        page = t.open(real(name))
        for width in (400, 1200, 2400) if name in ("cxx", "large") else \
                (1200,):
            page.resize(width, 800)
            for dark in False, True:
                page.media(dark=dark)
                page.settle()
                path = os.path.join(OUT, f"{name}-{width}-"
                                    f"{'dark' if dark else 'light'}.png")
                page.screenshot(path)
                assert os.path.getsize(path) > 5000
