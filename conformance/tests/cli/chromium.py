"""Headless Chromium, driven over the pipe of its DevTools protocol: no port, no driver, no package beyond the browser."""
import base64
import json
import os
import shutil
import subprocess
import tempfile
import time

PROGRAM = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)


class Browser:
    def __enter__(self):
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        to_browser, self.write_end = os.pipe()
        self.read_end, from_browser = os.pipe()
        # The protocol wants descriptors 3 and 4. Its sandbox does not work for root, and what it opens is ours.
        command = [PROGRAM, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars",
                   "--disable-background-networking", "--remote-debugging-pipe", f"--user-data-dir={self.profile.name}", "about:blank"]
        high = [os.dup2(fd, number) for fd, number in ((to_browser, 203), (from_browser, 204))]
        self.process = subprocess.Popen(["bash", "-c", 'exec "$@" 3<&203 4>&204', "bash", *command], pass_fds=high, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for fd in (to_browser, from_browser, *high):
            os.close(fd)
        self.pending, self.number, self.events = b"", 0, []
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self.write_end)
        os.close(self.read_end)
        self.profile.cleanup()

    def receive(self):
        while b"\0" not in self.pending:
            octets = os.read(self.read_end, 1 << 16)
            if not octets:
                raise RuntimeError("Chromium is gone")
            self.pending += octets
        line, self.pending = self.pending.split(b"\0", 1)
        return json.loads(line)

    def call(self, method, session=None, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters} | ({"sessionId": session} if session else {})
        octets = json.dumps(message).encode() + b"\0"
        while octets:
            octets = octets[os.write(self.write_end, octets):]
        while True:
            answer = self.receive()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def open(self, path, width=1400, height=1000, dark=False):
        return Page(self, path, width, height, dark)


class Page:
    def __init__(self, browser, path, width, height, dark):
        self.browser = browser
        target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        self.call("Emulation.setFocusEmulationEnabled", enabled=True)
        self.call("Page.navigate", url=path if "://" in str(path) else f"file://{path}")
        end = time.monotonic() + 60
        while self.evaluate("document.readyState") != "complete" or not self.evaluate("location.protocol === 'file:'"):
            assert time.monotonic() < end, "the page does not load"
            time.sleep(0.05)

    def call(self, method, **parameters):
        return self.browser.call(method, self.session, **parameters)

    def evaluate(self, expression):
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise AssertionError(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def settle(self):
        """Lets the page lay itself out, and with it everything that was said before."""
        self.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def key(self, name):
        codes = {"Tab": 9, "Enter": 13, "End": 35, "Home": 36, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40}
        words = {"text": "\r"} if name == "Enter" else {}
        self.call("Input.dispatchKeyEvent", type="keyDown" if words else "rawKeyDown", key=name, code=name, windowsVirtualKeyCode=codes[name], **words)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=name, code=name, windowsVirtualKeyCode=codes[name])
        self.settle()

    def mouse(self, x, y, kind="mouseMoved"):
        self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="none" if kind == "mouseMoved" else "left", clickCount=1)
        self.settle()

    def screenshot(self, path):
        octets = base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"])
        with open(path, "wb") as file:
            file.write(octets)

    def events(self, *methods):
        return [event for event in self.browser.events if event.get("sessionId") == self.session and event["method"] in methods]

    def complaints(self):
        """What the console holds: errors, warnings, exceptions, refusals by the Content-Security-Policy."""
        out = [event["params"] for event in self.events("Runtime.exceptionThrown", "Log.entryAdded")]
        out += [event["params"] for event in self.events("Runtime.consoleAPICalled") if event["params"]["type"] in ("error", "warning", "assert")]
        return out

    def requests(self):
        return [event["params"]["request"]["url"] for event in self.events("Network.requestWillBeSent")]
