#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""
Tests of the pictures in a browser: what the script does, and what it must
not do.  Run by "make check-browser"; words on the command line choose the
tests whose names have one of them.

A test is a function with a sentence for a name, marked @test, in one of the
modules below.  It gets a Stage, which opens pictures; when it has ended, no
page that it opened may have had an error on its console, an exception, a
dialog, a window, or a request for anything but itself.
"""
import multiprocessing
import os
import queue
import sys
import time
import traceback

import chrome
from suite import TESTS
import t_static
import t_zoom
import t_search
import t_keys
import t_menu
import t_offer
import t_diff
import t_page
import t_hostile
from picture import OUT, WORK, Picture, address

MODULES = t_static, t_zoom, t_search, t_keys, t_menu, t_offer, t_diff, \
    t_page, t_hostile


class Stage:
    def __init__(self, browser):
        self.browser = browser
        self.pages = []
        self.forgiven = []
        self.plain = None

    def open(self, path, hash_="", **options):
        """A page with a picture."""
        picture = Picture(self.browser, path, hash_, **options)
        self.pages.append(picture.page)
        return picture

    def still(self, path):
        """One page without scripts that shows one picture after another."""
        if not self.plain:
            front = self.pages[-1]
            self.plain = self.open(path, scripts=False)
            # What lies behind is drawn once a second only.
            front.call("Page.bringToFront")
        elif self.plain.path != path or path.endswith("command.svg"):
            self.plain.go(address(path))
            self.plain.path = path
        return self.plain

    def visit(self, path, **options):
        """A page that is none of ours, or has a picture in it."""
        page = self.browser.open(address(path), **options)
        self.pages.append(page)
        return page

    def forgive(self, part):
        """A trouble with this part in its text is what a test wants."""
        self.forgiven.append(part)

    def end(self):
        """Closes all pages; returns what went wrong on them."""
        troubles = []
        for page in self.pages:
            page.settle()
            page.close()
            troubles += [t for t in page.troubles
                         if not any(f in t for f in self.forgiven)]
        self.pages = []
        return troubles


def run_one(browser, test):
    """None, or what went wrong."""
    stage = Stage(browser)
    wrong = None
    try:
        test(stage)
    except AssertionError as e:
        where = [f for f in traceback.extract_tb(e.__traceback__)
                 if os.path.basename(f.filename).startswith("t_")][-1]
        wrong = f"{os.path.basename(where.filename)}:{where.lineno}: " \
            f"{str(e) or where.line}"
    except chrome.Trouble as e:
        where = traceback.extract_tb(e.__traceback__)[1]
        wrong = f"{os.path.basename(where.filename)}:{where.lineno}: {e}"
    try:
        troubles = stage.end()
    except chrome.Trouble as e:
        troubles = [str(e)]
    if troubles and not wrong:
        wrong = "; ".join(troubles[:5])
    return wrong


def chosen(words):
    return [t for t in TESTS if not words or
            any(w in t.__name__.replace("_", " ") for w in words)]


def work(number, tests, next_, results):
    """Takes tests until there are no more; says of each how it went."""
    WORK[0] = os.path.join(OUT, f"made{number}")
    with chrome.Browser() as browser:
        while True:
            with next_.get_lock():
                n = next_.value
                next_.value += 1
            if n >= len(tests):
                return
            begin = time.monotonic()
            wrong = run_one(browser, tests[n])
            results.put((n, wrong, time.monotonic() - begin))


def gather(tests, workers, results):
    """Prints results as they come; a worker that dies is a failure."""
    left = len(tests)
    failed = 0
    while left > 0:
        try:
            n, wrong, took = results.get(timeout=1)
        except queue.Empty:
            if any(w.is_alive() for w in workers):
                continue
            print(f"FAILED: {left} tests were not run")
            return failed + left
        name = tests[n].__name__.replace("_", " ")
        left -= 1
        failed += wrong is not None
        if wrong:
            print(f"FAILED: {name}: {wrong[:3000]}", flush=True)
        else:
            print(f"ok: {name} ({took:.1f} s)", flush=True)
    return failed


def main(words):
    os.makedirs(OUT, exist_ok=True)
    if not chrome.find():
        print("SKIP: no chromium")
        return 1 if os.environ.get("BROWSER") == "required" else 0
    begin = time.monotonic()
    tests = chosen(words)
    # The browser has processes of its own: two are enough for most machines.
    results = multiprocessing.Queue()
    next_ = multiprocessing.Value("i", 0)
    workers = [multiprocessing.Process(
        target=work, args=(n, tests, next_, results))
        for n in range(min(2, os.cpu_count() or 1))]
    for worker in workers:
        worker.start()
    failed = gather(tests, workers, results)
    for worker in workers:
        worker.join(30)
    print(f"# {time.monotonic() - begin:.0f} s")
    print(f"browser: {len(tests) - failed} passed, {failed} failed")
    return 1 if failed or not tests else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
