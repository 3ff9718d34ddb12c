# SPDX-License-Identifier: MIT
"""Names, files and words that would like to be something else."""
import re

from picture import draw, keep, pprof
from suite import equal, test

EVIL = [
    b"</text><script>window.pwned=1</script>",
    b"</title></rect></svg><script>window.pwned=1</script>",
    b"]]>", b"<![CDATA[", b"&#0;", b"&lt;b&gt;", b"&pwned;",
    b'" onload="window.pwned=1', b"' onclick='window.pwned=1",
    b"a\xef\xbf\xbeb", b"a\x01b", b"cut\xe2\x82", b"\xed\xa0\x80",
    b"</script><script>window.pwned=1</script>", b"<!--<script>", b"-->",
    b"line\xe2\x80\xa8separator", b"javascript:window.pwned=1",
    b"<img src=x onerror=window.pwned=1>",
    b"<svg onload=window.pwned=1>", b"</style><script>window.pwned=1",
    b"\\u003c/script\\u003e", b"`${window.pwned=1}`",
    b"\\';window.pwned=1;//", b"%3Cscript%3E", b"%n%f%l", b"{{7*7}}",
    b"__proto__", b"constructor", b"hasOwnProperty", b"toString",
    b"a\xe2\x80\xaeb", b"esc\x1b[2J", b"tab\there", b"new\nline", b"nul\0x",
    b"\xf0\x9f\x94\xa5 flame", b" ", b"\\", b'"',
]

UNSAFE = re.compile(
    "[\0-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u061c\u202a-\u202e"
    "\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff]")


def shown(name):
    """How a name looks: our rule, written down a second time."""
    out = ""
    while name:
        for n in range(1, 5):
            try:
                c = name[:n].decode()
                break
            except UnicodeDecodeError:
                continue
        else:
            n, c = 1, "\\x%02x" % name[0]
        if UNSAFE.match(c):
            c = ("\\x%02x" if ord(c) < 256 else "\\u%04x") % ord(c)
        out += c
        name = name[n:]
    return out


def evil_profile():
    return pprof([([(b"root", b"", 0), (n, n + b".c", 7)], 10)
                  for n in EVIL])


def check_harmless(page, what=""):
    equal(page.evaluate("typeof window.pwned"), "undefined", what)
    equal(page.evaluate("Object.prototype.pwned === undefined"), True)
    for kind in "img", "iframe", "object", "embed", "link", "image", "use":
        equal(page.count(kind), 0, f"{what} {kind}")
    equal(page.evaluate("""[...document.querySelectorAll("*")].filter(e =>
        [...e.attributes].some(a => /^on/i.test(a.name) ||
        /href|src|action/i.test(a.name) &&
        /^\\s*(javascript|data|vbscript):/i.test(a.value))).length"""), 0,
          f"{what} attributes")


def script_count(page):
    return page.evaluate("document.querySelectorAll('script').length + [..."
                         "document.querySelectorAll('*')].filter(e => e."
                         "localName.toLowerCase() === 'script' && e."
                         "tagName !== 'script' && e.tagName !== 'SCRIPT')."
                         "length")


@test
def hostile_names_are_text_and_nothing_else(t):
    path = draw(text=evil_profile(), name="evil.svg")
    for scripts in False, True:
        page = t.open(path, scripts=scripts)
        names = {f.name for f in page.frames()}
        missing = [n for n in EVIL if shown(n).split("\n")[0] not in names]
        assert not missing, f"{missing}; there are {sorted(names)}"
        check_harmless(page)
        equal(script_count(page), page.count(".pf > script"))


@test
def hostile_names_stay_text_when_the_script_writes_them(t):
    page = t.open(draw(text=evil_profile(), name="evil.svg"))

    for name in EVIL:
        x, y = page.bring(shown(name))
        page.move(x, y)
        page.wait(f'document.querySelector(".pf-info").textContent !== ""')
        assert shown(name).strip() in page.told(), page.told()
        page.click(x, y)
        page.wait('document.querySelector(".pf-zoomed")')
        check_harmless(page, repr(name))
        assert page.shows(shown(name)), name
        page.key("Escape")
        page.key("Escape")
        page.wait('!document.querySelector(".pf-zoomed")')
    equal(script_count(page), page.count(".pf > script"))


@test
def hostile_titles_are_text(t):
    names = [n for n in EVIL if b"\0" not in n]
    for first in range(0, len(names), 6):
        evil = b" ".join(names[first:first + 6])
        path = draw("--title", evil.decode("utf-8", "surrogateescape"),
                    text="main 1\n")
        page = t.open(path)
        check_harmless(page, repr(evil))
        equal(page.text(".pf .h").strip(), shown(evil).strip())


@test
def a_name_of_a_megabyte_does_not_stop_the_page(t):
    name = b"<x>&" + b"y" * 1000000
    page = t.open(draw(text=pprof([([(b"root", b"", 0), (name, b"", 0)], 5),
                                   ([(b"root", b"", 0)], 5)])))

    page.click_frame(page.frames()[-1].name)
    page.wait('document.querySelector(".pf-zoomed")')
    check_harmless(page)
