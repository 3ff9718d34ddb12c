# SPDX-License-Identifier: MIT
"""
A browser that a test can drive: Chromium without a window, spoken to in the
DevTools protocol over two pipes.  Needs nothing but Python's own library.

	with Browser() as browser:
		page = browser.open("file:///picture.svg", 1200, 800)
		page.key("Tab")
		page.wait("document.activeElement !== document.body")
		page.close()
		assert page.troubles == []

Nothing waits for a time: a wait is for a condition, and fails with what it
waited for when the condition does not come.  A page collects what must not
happen to a picture in page.troubles: errors on the console, exceptions,
dialogs, windows, and requests for anything but the page itself.

CHROMIUM names another browser than /usr/bin/chromium.
"""
import base64
import fcntl
import json
import os
import select
import shutil
import signal
import tempfile
import time

ALT, CTRL, META, SHIFT = 1, 2, 4, 8
PATIENCE = 20
HELD = {ALT: "Alt", CTRL: "Control", META: "Meta", SHIFT: "Shift"}
CODES = {
    "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40,
    "Backspace": 8, "Tab": 9, "Enter": 13, "Escape": 27, " ": 32,
    "PageUp": 33, "PageDown": 34, "End": 35, "Home": 36, "Delete": 46,
    "F10": 121, "ContextMenu": 93,
}
BUTTONS = {"left": 1, "right": 2, "middle": 4}


class Trouble(Exception):
    """What the browser or a page did not do."""


def find():
    """The browser's path, or None."""
    return shutil.which(os.environ.get("CHROMIUM", "chromium"))


class Browser:
    def __init__(self):
        # Both ends that the browser gets lie above 9, so that putting
        # them at 3 and 4 cannot run over one of them.
        def high(fd):
            new = fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 10)
            os.close(fd)
            return new

        path = find()
        if not path:
            raise Trouble("no browser")
        self.home = tempfile.mkdtemp(prefix="browser.")
        child_in, out = os.pipe()
        into, child_out = os.pipe()
        child_in, child_out = high(child_in), high(child_out)
        self.out, self.into = out, into
        log = os.path.join(self.home, "log")
        args = [path, "--headless=new", "--no-sandbox", "--disable-gpu",
                "--remote-debugging-pipe", "--no-first-run",
                "--user-data-dir=" + os.path.join(self.home, "profile"),
                "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
                "--disable-extensions", "--mute-audio",
                "--disable-dev-shm-usage", "--hide-scrollbars",
                "--font-render-hinting=none",
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "about:blank"]
        # Its own home: settings of the user must not decide a test.
        env = dict(os.environ, HOME=self.home,
                   XDG_CONFIG_HOME=self.home, XDG_CACHE_HOME=self.home)
        flags = os.O_WRONLY | os.O_CREAT
        self.pid = os.posix_spawn(path, args, env, setpgroup=0, file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
            (os.POSIX_SPAWN_OPEN, 2, log, flags, 0o600),
            (os.POSIX_SPAWN_DUP2, child_in, 3),
            (os.POSIX_SPAWN_DUP2, child_out, 4)])
        os.close(child_in)
        os.close(child_out)
        self.held = b""
        self.ready = []
        self.number = 0
        self.pages = {}
        self.call("Browser.getVersion")
        self.call("Target.setDiscoverTargets", {"discover": True})
        for what in "clipboard-write", "clipboard-read":
            self.call("Browser.setPermission", {
                "permission": {"name": what}, "setting": "granted"})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()

    def end(self):
        """Ends the browser and removes what it left."""
        try:
            self.call("Browser.close", patience=5)
        except (Trouble, OSError):
            pass
        os.close(self.out)
        os.close(self.into)
        for _ in range(100):
            if os.waitpid(self.pid, os.WNOHANG)[0]:
                break
            time.sleep(0.05)
        else:
            os.killpg(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        shutil.rmtree(self.home, ignore_errors=True)

    def receive(self, until):
        """The next message."""
        while not self.ready:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self.into], [], [], left)[0]:
                raise Trouble("the browser does not answer")
            more = os.read(self.into, 1 << 20)
            if not more:
                raise Trouble("the browser has gone")
            parts = (self.held + more).split(b"\0")
            self.held = parts.pop()
            self.ready = [json.loads(part) for part in parts]
        return self.ready.pop(0)

    def call(self, method, params=None, session=None, patience=PATIENCE):
        """Sends a command and returns its result."""
        self.number += 1
        message = {"id": self.number, "method": method,
                   "params": params or {}}
        if session:
            message["sessionId"] = session
        left = json.dumps(message).encode() + b"\0"
        while left:
            left = left[os.write(self.out, left):]
        until = time.monotonic() + patience
        mine = self.number
        while True:
            answer = self.receive(until)
            if answer.get("id") == mine:
                break
            self.event(answer)
        if "error" in answer:
            raise Trouble(method + ": " + answer["error"]["message"])
        return answer["result"]

    def event(self, message):
        page = self.pages.get(message.get("sessionId"))
        if page and "method" in message:
            page.event(message["method"], message["params"])
        elif message.get("method") == "Target.targetCreated":
            opener = message["params"]["targetInfo"].get("openerId")
            for page in self.pages.values():
                if opener and page.target == opener:
                    page.troubles.append("opened a window")

    def open(self, url="about:blank", width=1200, height=800, **options):
        """A new page; the options are those of Page."""
        return Page(self, url, width, height, **options)


class Page:
    """
    One page.  dark, reduced_motion, forced_colors, contrast: what the
    viewer prefers; scripts: whether the page's own scripts may run; touch:
    a screen for fingers; allowed: further addresses it may ask for.
    """
    def __init__(self, browser, url, width, height, dark=False,
                 reduced_motion=False, forced_colors=False, contrast=False,
                 scripts=True, touch=False, allowed=()):
        self.browser = browser
        self.troubles = []
        self.requests = []
        self.allowed = allowed
        self.url = url
        self.mouse = 0
        self.scripts = scripts
        self.target = browser.call("Target.createTarget", {
            "url": "about:blank"})["targetId"]
        self.session = browser.call("Target.attachToTarget", {
            "targetId": self.target, "flatten": True})["sessionId"]
        browser.pages[self.session] = self
        for domain in "Page", "Runtime", "Network", "Log":
            self.call(domain + ".enable")
        self.resize(width, height, touch)
        self.media(dark, reduced_motion, forced_colors, contrast)
        self.call("Emulation.setFocusEmulationEnabled", {"enabled": True})
        if touch:
            self.call("Emulation.setTouchEmulationEnabled",
                      {"enabled": True, "maxTouchPoints": 1})
        if not scripts:
            self.call("Emulation.setScriptExecutionDisabled",
                      {"value": True})
        if url != "about:blank":
            self.go(url)

    def call(self, method, params=None):
        return self.browser.call(method, params, self.session)

    def close(self):
        self.browser.call("Target.closeTarget", {"targetId": self.target})
        self.browser.pages.pop(self.session, None)

    # --- what happens -----------------------------------------------------

    def event(self, method, p):
        if method == "Runtime.exceptionThrown":
            d = p["exceptionDetails"]
            self.troubles.append("exception: " + d.get(
                "exception", {}).get("description", d["text"]))
        elif method == "Runtime.consoleAPICalled":
            if p["type"] in ("error", "warning", "assert"):
                self.troubles.append("console: " + " ".join(
                    str(a.get("value", a.get("description")))
                    for a in p["args"]))
        elif method == "Log.entryAdded":
            if p["entry"]["level"] in ("error", "warning"):
                self.troubles.append("log: " + p["entry"]["text"])
        elif method == "Page.javascriptDialogOpening":
            self.troubles.append("dialog: " + p["message"])
            self.browser.number += 1
            self.send_blind("Page.handleJavaScriptDialog", {"accept": False})
        elif method == "Page.windowOpen":
            self.troubles.append("window: " + p["url"])
        elif method == "Network.requestWillBeSent":
            url = p["request"]["url"]
            self.requests.append(url)
            if not self.is_allowed(url):
                self.troubles.append("request: " + url)

    def is_allowed(self, url):
        plain = url.split("#")[0]
        return url == "about:blank" or plain == self.url.split("#")[0] or \
            any(plain == a.split("#")[0] for a in self.allowed)

    def send_blind(self, method, params):
        """A command amid an event: nobody waits for its result."""
        message = {"id": self.browser.number, "method": method,
                   "params": params, "sessionId": self.session}
        os.write(self.browser.out, json.dumps(message).encode() + b"\0")

    # --- where it is ------------------------------------------------------

    def go(self, url):
        """Goes to an address and waits until it is there."""
        self.url = url
        before = self.evaluate("performance.timeOrigin")
        answer = self.call("Page.navigate", {"url": url})
        if answer.get("errorText"):
            raise Trouble(url + ": " + answer["errorText"])
        same = "loaderId" not in answer
        self.wait("document.readyState === 'complete'" + (
            "" if same else f" && performance.timeOrigin !== {before}"))

    def reload(self):
        before = self.evaluate("performance.timeOrigin")
        self.call("Page.reload")
        self.wait("document.readyState === 'complete' && "
                  f"performance.timeOrigin !== {before}")

    def back(self):
        self.evaluate("void history.back()")

    def forward(self):
        self.evaluate("void history.forward()")

    def hash(self):
        return self.evaluate("location.hash")

    def resize(self, width, height, touch=False):
        self.call("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": height, "deviceScaleFactor": 1,
            "mobile": touch})

    def media(self, dark=False, reduced_motion=False, forced_colors=False,
              contrast=False, medium=""):
        """What the viewer prefers; medium "print" for paper."""
        self.call("Emulation.setEmulatedMedia", {"media": medium,
                  "features": [
            {"name": "prefers-color-scheme",
             "value": "dark" if dark else "light"},
            {"name": "prefers-reduced-motion",
             "value": "reduce" if reduced_motion else "no-preference"},
            {"name": "forced-colors",
             "value": "active" if forced_colors else "none"},
            {"name": "prefers-contrast",
             "value": "more" if contrast else "no-preference"}]})

    # --- asking -----------------------------------------------------------

    def evaluate(self, js):
        """The value of an expression, or of what a promise brings."""
        answer = self.call("Runtime.evaluate", {
            "expression": js, "returnByValue": True, "awaitPromise": True,
            "userGesture": True})
        if "exceptionDetails" in answer:
            d = answer["exceptionDetails"]
            raise Trouble(js[:200] + ": " + d.get("exception", {}).get(
                "description", d["text"]))
        return answer["result"].get("value")

    def ask(self, function, *args):
        """Calls a function of JavaScript with values."""
        return self.evaluate(
            f"({function})({', '.join(json.dumps(a) for a in args)})")

    def wait(self, js, patience=PATIENCE):
        """Waits until an expression is true; returns its value."""
        until = time.monotonic() + patience
        pause = 0.002
        # An element is true, but arrives as an empty object.
        asked = f"(v => v instanceof Node || v)({js})"
        while True:
            try:
                value = self.evaluate(asked)
            except Trouble as e:
                # A page that is just being left has no context.
                if "context" not in str(e) or time.monotonic() > until:
                    raise
                value = None
            if value:
                return value
            if time.monotonic() > until:
                raise Trouble("waited in vain for " + js)
            time.sleep(pause)
            pause = min(pause * 1.5, 0.05)

    def settle(self):
        """Until what is going on now has been drawn."""
        if not self.scripts:
            return
        self.evaluate("new Promise(done => requestAnimationFrame(() =>"
                      " requestAnimationFrame(done)))")

    def box(self, selector, number=0):
        """x, y, width, height of an element in the window, scrolled to."""
        box = self.ask("""(selector, n) => {
            const e = document.querySelectorAll(selector)[n];
            if (!e) return null;
            e.scrollIntoView({block: "nearest", inline: "nearest"});
            const b = e.getBoundingClientRect();
            return [b.x, b.y, b.width, b.height];
        }""", selector, number)
        if box is None:
            raise Trouble("no element " + selector)
        return box

    def text(self, selector):
        """The text of the first such element, or None."""
        return self.ask("""s => {
            const e = document.querySelector(s);
            return e && e.textContent;
        }""", selector)

    def count(self, selector):
        return self.ask("s => document.querySelectorAll(s).length", selector)

    def screenshot(self, path, whole=False):
        """The window, or the whole page, as PNG."""
        data = self.call("Page.captureScreenshot", {
            "format": "png", "captureBeyondViewport": whole})["data"]
        with open(path, "wb") as out:
            out.write(base64.b64decode(data))

    # --- doing ------------------------------------------------------------

    def key(self, name, modifiers=0):
        """Presses and releases a key: its name, or the letter it types."""
        letter = len(name) == 1
        upper = name.upper()
        code = CODES.get(name) or (ord(upper) if upper.isalnum() else 0)
        event = {"key": name, "modifiers": modifiers,
                 "windowsVirtualKeyCode": code,
                 "code": "Key" + upper if letter and name.isalpha() else
                 "Digit" + name if letter and name.isdigit() else
                 "Space" if name == " " else "" if letter else name}
        if letter and not modifiers & (CTRL | META | ALT):
            event["text"] = name
        if name == "Enter":
            event["text"] = "\r"
        down = "keyDown" if "text" in event else "rawKeyDown"
        self.call("Input.dispatchKeyEvent", {"type": down, **event})
        event.pop("text", None)
        self.call("Input.dispatchKeyEvent", {"type": "keyUp", **event})

    def type(self, text):
        for letter in text:
            self.key(letter)

    def move(self, x, y, modifiers=0):
        self.call("Input.dispatchMouseEvent", {
            "type": "mouseMoved", "x": x, "y": y, "buttons": self.mouse,
            "modifiers": modifiers})

    def click(self, x, y, button="left", modifiers=0, count=1):
        self.move(x, y, modifiers)
        for kind in "mousePressed", "mouseReleased":
            self.call("Input.dispatchMouseEvent", {
                "type": kind, "x": x, "y": y, "button": button,
                "buttons": BUTTONS[button] if kind == "mousePressed" else 0,
                "clickCount": count, "modifiers": modifiers})

    def click_on(self, selector, number=0, button="left", modifiers=0):
        x, y, w, h = self.box(selector, number)
        self.click(x + w / 2, y + h / 2, button, modifiers)

    def finger(self, kind, x=0, y=0):
        """touchStart, touchMove or touchEnd."""
        self.call("Input.dispatchTouchEvent", {
            "type": kind, "touchPoints":
            [] if kind == "touchEnd" else [{"x": x, "y": y}]})

    def tap(self, x, y):
        self.finger("touchStart", x, y)
        self.finger("touchEnd")

    def press_long(self, x, y, until):
        """Holds a finger on a place until an expression is true."""
        self.finger("touchStart", x, y)
        try:
            self.wait(until)
        finally:
            self.finger("touchEnd")

    def clipboard(self):
        return self.evaluate("navigator.clipboard.readText()")
