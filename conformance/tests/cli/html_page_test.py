#!/usr/bin/env python3
"""The HTML report of real and of hostile input: what it holds, and how it behaves in a browser.

usage: html_page_test.py SCEPLAB SOURCE_DIR
"""
import base64
import functools
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import checks
import chromium

SCEPLAB = sys.argv[1]
CAPTURES = pathlib.Path(sys.argv[2]) / "vectors/captures"
RUNS = sorted(path.parent.name for path in CAPTURES.glob("*/capture.pcapng"))
FOLDER = tempfile.TemporaryDirectory()
SCRATCH = pathlib.Path(FOLDER.name)


def materials(run):
    keys = CAPTURES / run / "keys"
    return [word for option, ending in (("--key", "key"), ("--cert", "pem")) for path in sorted(keys.glob(f"*.{ending}")) for word in (option, path)]


def replay(*arguments):
    done = subprocess.run([SCEPLAB, "replay", *map(str, arguments)], capture_output=True, text=True)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


@functools.cache
def page_of(run, *options):
    file = SCRATCH / f"{run}{''.join(options)}.html"
    replay(CAPTURES / run / "capture.pcapng", *materials(run), "--format", "html", "-o", file, *options)
    return file


@functools.cache
def report_of(run):
    return json.loads(replay(CAPTURES / run / "capture.pcapng", *materials(run), "--format", "json"))


def data_of(page):
    """What the page holds for its script: by message."""
    blocks = re.findall(r'<script type="application/json" id="data-([^"]+)">(.*?)</script>', page.read_text(), re.DOTALL)
    return {key: json.loads(text) for key, text in blocks}


def octets_of(page):
    return [base64.b64decode(source["octets"]) for data in data_of(page).values() for source in data["sources"]]


@functools.cache
def browser():
    if not chromium.PROGRAM:
        raise checks.Skip("no Chromium")
    return chromium.Browser().__enter__()


def opened(path, **how):
    page = browser().open(path, **how)
    page.settle()
    return page


# The octets of a message as another program has them: captured ones are in the files beside the capture, decrypted ones are OpenSSL's.

def openssl(*arguments, octets):
    done = subprocess.run(["openssl", *map(str, arguments)], input=octets, capture_output=True)
    return done.stdout if done.returncode == 0 else None


@functools.cache
def witnesses(run):
    messages = [path.read_bytes() for path in sorted((CAPTURES / run / "messages").glob("*.der"))]
    decrypted = []
    for message in messages:
        envelope = openssl("cms", "-verify", "-noverify", "-inform", "DER", "-binary", octets=message)
        for key in (CAPTURES / run / "keys").glob("*.key"):
            plain = envelope and openssl("cms", "-decrypt", "-inform", "DER", "-binary", "-inkey", key, "-provider", "legacy", "-provider", "default",
                                         octets=envelope)
            if plain:
                decrypted.append(plain)
    return {"captured": messages, "decrypted": decrypted}


def octets_at(run, place):
    """The octets that a place of the JSON report speaks of; None where no witness has that source."""
    if place["source"] is None:
        return None
    source = report_of(run)["sources"][place["source"]]
    all_of_it = [octets for octets in witnesses(run).get(source["kind"], []) if len(octets) == source["length"]]
    parts = {octets[place["offset"]:place["offset"] + place["length"]] for octets in all_of_it}
    return parts.pop() if len(parts) == 1 else None


LANDED = """(() => {
    const here = document.activeElement, panel = here.closest("details");
    const chosen = [...panel.querySelectorAll(".hex .chosen")];
    const box = chosen[0].getBoundingClientRect(), pane = here.getBoundingClientRect();
    return {message: panel.dataset.key, pane: here.className, octets: chosen.map((part) => part.textContent).join(" "),
            seen: box.top >= Math.max(pane.top, 0) && box.bottom <= Math.min(pane.bottom, innerHeight) && box.left >= 0 && box.right <= innerWidth,
            node: panel.querySelector('[aria-selected=true] > .line')?.textContent};
})()"""


def each_link_lands_on_its_octets(run):
    page = opened(page_of(run))
    checked = 0
    for number, finding in enumerate(report_of(run)["findings"]):
        for suffix, place in [("", finding)] + [(f"-{i}", other) for i, other in enumerate(finding["related"], 1)]:
            if place["exchange"] is None or place["length"] == 0:
                continue
            link = f"f{number}{suffix}"
            page.evaluate(f"document.querySelector('a[href=\"#{link}\"]').click()")
            page.settle()
            landed = page.evaluate(LANDED)
            assert landed["message"] == f"{place['exchange']}-{place['side']}", (link, landed)
            assert landed["pane"] == "bytes" and landed["seen"], (link, landed)
            shown = landed["octets"].split()
            witness = octets_at(run, place)
            if witness is not None:
                wanted = [f"{octet:02x}" for octet in witness]
                # Of a secret, header and size.
                hidden = shown.count("··")
                assert len(shown) == len(wanted) and all(a in (b, "··") for a, b in zip(shown, wanted)), (link, landed, witness.hex())
                assert hidden == 0 or "(hidden)" in landed["node"], (link, landed)
                checked += 1
            assert page.evaluate(f"document.getElementById('{link}').closest('li').classList.contains('now')"), link
    assert page.complaints() == [], page.complaints()
    assert len(page.requests()) == 1, page.requests()
    if run == "enrol":
        assert checked >= 7, checked


def an_address_with_a_finding_opens_on_it():
    report = report_of("enrol")
    number = next(i for i, finding in enumerate(report["findings"]) if finding["rule"] == "nonce.reply-own-sender")
    page = opened(f"file://{page_of('enrol')}#f{number}")
    page.settle()
    landed = page.evaluate(LANDED)
    assert landed["pane"] == "bytes" and landed["seen"], landed
    assert landed["octets"].split() == [f"{octet:02x}" for octet in octets_at("enrol", report["findings"][number])], landed


def a_finding_tints_its_octets_and_its_node():
    page = opened(page_of("enrol"))
    page.evaluate("document.querySelector('details[data-key=\"2-response\"] > summary').click()")
    page.settle()
    finding = next(finding for finding in report_of("enrol")["findings"] if finding["rule"] == "nonce.reply-own-sender")
    tinted = page.evaluate("[...document.querySelectorAll('[data-key=\"2-response\"] .hex .m-warning')].map((part) => part.textContent).join(' ')")
    assert octets_at("enrol", finding).hex(" ") in tinted, tinted
    assert page.evaluate("document.querySelectorAll('[data-key=\"2-response\"] .line.m-warning').length") >= 1


def decrypted_layers_nest():
    page = opened(page_of("enrol"))
    page.evaluate("document.querySelector('details[data-key=\"2-request\"] > summary').click()")
    page.settle()
    path = page.evaluate("""(() => { const out = [];
        for (let at = document.querySelector('[data-key="2-request"] .layer'); at && at.matches('[role=treeitem]'); at = at.parentNode.closest('[role=treeitem]'))
            out.push(at.querySelector('.name').textContent);
        return out; })()""")
    assert path[0] == "CertificationRequest" and path[1] == "encryptedContent" and path[-1] == "ContentInfo", path


def the_mouse_goes_both_ways():
    page = opened(page_of("enrol"))
    page.evaluate("document.querySelector('details[data-key=\"2-request\"] > summary').click()")
    page.evaluate("document.querySelector('[data-key=\"2-request\"] .panel').scrollIntoView()")
    page.settle()
    # The third octet of the first row of the message (after the request's head) is the first of the length of ContentInfo.
    rows = "[...document.querySelectorAll('[data-key=\"2-request\"] .bytes > div')][1].querySelectorAll('.row')"
    box = page.evaluate(f"(() => {{ const row = {rows}[0]; row.scrollIntoView({{block: 'center'}}); const b = row.querySelector('.hex').getBoundingClientRect();"
                        " return [b.left, b.top, b.width, b.height]; })()")
    # Octets 4 to 14 are contentType: the pointer is on the second half of the sixth.
    page.mouse(box[0] + box[2] * (3 * 6 + 1) / 47, box[1] + box[3] / 2)
    assert page.evaluate("document.querySelector('.line.hover .name').textContent") == "contentType"
    over = page.evaluate("[...document.querySelectorAll('.hex .over')].map((part) => part.textContent).join(' ')").split()
    assert over == witnesses("enrol")["captured"][-2][4:15].hex(" ").split(), over
    for kind in ("mousePressed", "mouseReleased"):
        page.mouse(box[0] + box[2] * (3 * 6 + 1) / 47, box[1] + box[3] / 2, kind)
    assert page.evaluate("document.querySelector('[aria-selected=true] > .line .name').textContent") == "contentType"
    line = page.evaluate("(() => { const line = document.querySelector('[data-key=\"2-request\"] .tree .line'); line.scrollIntoView({block: 'center'});"
                         " const b = line.getBoundingClientRect(); return [b.left + 40, b.top + 5]; })()")
    page.mouse(*line)
    over = page.evaluate("[...document.querySelectorAll('.hex .over, .hex .chosen')].map((part) => part.textContent).join(' ')").split()
    assert len(over) >= len(witnesses("enrol")["captured"][-2]), len(over)


def the_keyboard_reaches_everything():
    page = opened(page_of("enrol"))
    page.key("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.evaluate("document.querySelector('details[data-key=\"2-response\"] > summary').focus()")
    page.key("Enter")
    page.key("Tab")
    name = "document.activeElement.querySelector('.name')?.textContent"
    assert page.evaluate("document.activeElement.getAttribute('role')") == "treeitem" and page.evaluate(name) == "ContentInfo"
    page.key("ArrowDown")
    assert page.evaluate(name) == "contentType"
    chosen = "[...document.querySelectorAll('.hex .chosen')].map((part) => part.textContent).join(' ')"
    assert page.evaluate(chosen).split() == witnesses("enrol")["captured"][-1][4:15].hex(" ").split()
    page.key("ArrowDown")
    page.key("ArrowLeft")
    assert page.evaluate("document.activeElement.getAttribute('aria-expanded')") == "false"
    page.key("ArrowDown")
    assert page.evaluate(name) == "content", "what is folded is passed over"
    page.key("ArrowRight")
    page.key("ArrowRight")
    assert page.evaluate(name) == "SignedData"
    page.key("ArrowLeft")
    page.key("ArrowLeft")
    assert page.evaluate(name) == "content"
    page.key("Home")
    assert page.evaluate(name) == "ContentInfo"
    assert page.evaluate("document.querySelectorAll('[data-key=\"2-response\"] .tree [tabindex=\"0\"]').length") == 1
    page.key("Tab")
    assert page.evaluate("document.activeElement.className") == "bytes"
    for _ in range(6):
        page.key("ArrowRight")
    assert page.evaluate("document.querySelector('.status').textContent").startswith("11 octets at 4 "), page.evaluate("document.querySelector('.status').textContent")
    page.key("Enter")
    assert page.evaluate(name) == "contentType"
    page.key("Tab")
    page.key("Tab")
    assert not page.evaluate("document.activeElement.closest('[data-key=\"2-response\"]')"), "Tab leaves the panel"
    assert page.complaints() == [], page.complaints()


def narrow_and_wide():
    for width in (400, 1400):
        page = opened(f"file://{page_of('enrol')}#f3", width=width)
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        page.settle()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        tree, octets = (page.evaluate(f"(() => {{ const b = document.querySelector('[data-key=\"2-request\"] .{name}').getBoundingClientRect();"
                                      " return [b.left, b.top, b.right, b.bottom]; })()") for name in ("tree", "bytes"))
        assert octets[1] >= tree[3] if width == 400 else octets[0] >= tree[2], (tree, octets)
        # A row of octets fits.
        assert page.evaluate("(() => { const pane = document.querySelector('[data-key=\"2-request\"] .bytes'); return pane.scrollWidth <= pane.clientWidth; })()"), width
        assert page.evaluate("document.querySelector('[data-key=\"2-request\"] .row .hex').textContent.trim().split(' ').length") == (8 if width == 400 else 16)


# Relative luminance and contrast as WCAG 2 defines them.
CONTRAST = """(() => {
    const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
        .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
    const ground = (e) => { for (; e; e = e.parentElement) { const c = channels(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
    const poor = [];
    for (const e of document.querySelectorAll("body *")) {
        const words = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
        if (!words || !e.checkVisibility() || e.matches("script, .mask, .skip")) continue;
        const [a, b] = [light(channels(getComputedStyle(e).color)), light(ground(e))].sort((x, y) => y - x);
        const contrast = (a + .05) / (b + .05);
        if (contrast < 4.5) poor.push(`${e.tagName}.${e.className} ${e.textContent.slice(0, 20)}: ${contrast.toFixed(2)}`);
    }
    return {poor: [...new Set(poor)].slice(0, 20), ground: light(ground(document.body))};
})()"""


def dark_and_light_are_legible():
    grounds = []
    for dark in (False, True):
        page = opened(f"file://{page_of('enrol')}#f3", dark=dark)
        page.evaluate("document.querySelectorAll('details.family').forEach((each) => { each.open = true; })")
        page.settle()
        found = page.evaluate(CONTRAST)
        assert found["poor"] == [], found["poor"]
        grounds.append(found["ground"])
    assert grounds[0] > 0.8 and grounds[1] < 0.1, grounds


def certification_request(name, subject, password=None):
    config = SCRATCH / f"{name}.cnf"
    config.write_text("[req]\ndistinguished_name = dn\nprompt = no\nutf8 = yes\nstring_mask = utf8only\n"
                      + (f"attributes = attributes\n[attributes]\nchallengePassword = {password}\n" if password else "") + f"[dn]\n{subject}\n")
    file = SCRATCH / f"{name}.der"
    subprocess.run(["openssl", "req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", SCRATCH / "any.key", "-config", config, "-outform", "DER", "-out", file],
                   check=True, capture_output=True)
    return file


def hostile_text_does_nothing():
    file = certification_request("hostile", 'CN = </script><script>document.title="owned"</script>\nO = "><img src=x onerror=alert(1)><!--')
    named = file.rename(SCRATCH / "<img src=x onerror=document.title='owned'>&amp;.der")
    html = SCRATCH / "hostile.html"
    replay(named, "--format", "html", "-o", html)
    page = opened(html)
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    page.settle()
    assert page.evaluate("document.title") == "SCEP conformance"
    assert page.evaluate("document.images.length") == 0
    assert page.complaints() == [] and len(page.requests()) == 1, (page.complaints(), page.requests())
    assert "owned" in page.evaluate("document.querySelector('.tree').textContent"), "it is told, as text"
    # What the policy is for: markup that came in all the same would not run.
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"document.title=1\"><p style=\"color:red\">')")
    page.settle()
    assert page.evaluate("document.title") == "SCEP conformance"
    assert any("Content Security Policy" in str(entry) for entry in page.complaints()), page.complaints()


def clothed(octets, how):
    lines = base64.encodebytes(octets)
    return {"der": octets, "pem": b"-----BEGIN CERTIFICATE REQUEST-----\n" + lines + b"-----END CERTIFICATE REQUEST-----\n", "base64": lines,
            "hex": octets.hex().encode()}[how]


def no_secret_is_in_the_page(how):
    password = b"Correct-Horse-4711"
    octets = certification_request("secret", "CN = device", password.decode()).read_bytes()
    file = SCRATCH / f"secret.{how}"
    file.write_bytes(clothed(octets, how))
    hidden, shown = SCRATCH / "hidden.html", SCRATCH / "shown.html"
    replay(file, "--format", "html", "-o", hidden)
    replay(file, "--format", "html", "--show-secrets", "-o", shown)
    at = octets.index(password)
    for page, wanted in ((hidden, False), (shown, True)):
        text = page.read_text()
        assert (password.decode() in text) == wanted, page
        assert any(password in source for source in octets_of(page)) == wanted, page
    assert password.hex() not in hidden.read_text()
    for source in octets_of(hidden):
        letters = bytes(c for c in source if c not in b"\r\n")
        for inside in (base64.b64encode(octets)[4 * (at // 3) + 4:4 * ((at + len(password)) // 3)], password.hex().encode()):
            assert inside not in letters
    assert any(octets[:at] == source[:at] for source in octets_of(hidden)) or how == "hex", "the rest is there"


def no_decrypted_secret_is_in_the_page():
    told = subprocess.run([SCEPLAB, "decode", "--show-secrets", CAPTURES / "enrol/capture.pcapng", *materials("enrol")], capture_output=True, text=True).stdout
    password = re.search(r'challengePassword\n.*\n.*attrValues SET\n.*"(.+)"', told).group(1).encode()
    hidden, shown = page_of("enrol"), page_of("enrol", "--show-secrets")
    # As a value; the page's own words may have it.
    quoted = re.compile(rb"(&quot;|\\\"|\")" + re.escape(password) + rb"(&quot;|\\\"|\")")
    assert not quoted.search(hidden.read_bytes()) and not any(password in source for source in octets_of(hidden))
    assert quoted.search(shown.read_bytes()) and any(password in source for source in octets_of(shown))
    page = opened(hidden)
    page.evaluate("document.querySelector('details[data-key=\"2-request\"] > summary').click()")
    page.settle()
    masked = page.evaluate("[...document.querySelectorAll('.hex .mask')].map((part) => part.textContent).join(' ')").split()
    assert masked == ["··"] * len(password), masked


def no_credential_of_a_head_is_in_the_page():
    # The GetCACaps of a recorded run, with a field more; the capture's packets are of one size, so it takes the place of others.
    octets = (CAPTURES / "enrol/capture.pcapng").read_bytes()
    field = re.search(rb"\r\nUser-Agent: ([^\r]+)", octets)
    if field is None or len(field.group(0)) < 24:
        raise checks.Skip("no field to put it in")
    secret = b"Zm9vOmJhcg"
    octets = octets.replace(field.group(0), b"\r\nAuthoriZation: " + secret.ljust(len(field.group(0)) - 17, b"="))
    file, hidden, shown = SCRATCH / "head.pcapng", SCRATCH / "head.html", SCRATCH / "head-shown.html"
    file.write_bytes(octets)
    replay(file, "--format", "html", "-o", hidden)
    replay(file, "--format", "html", "--show-secrets", "-o", shown)
    assert any(b"AuthoriZation:" in source for source in octets_of(hidden))
    assert not any(secret in source for source in octets_of(hidden)) and any(secret in source for source in octets_of(shown))


def a_huge_run_stays_usable():
    inputs = [CAPTURES / "enrol/capture.pcapng"] * 700
    html = SCRATCH / "huge.html"
    replay(*inputs, *materials("enrol"), "--format", "html", "-o", html)
    size = html.stat().st_size
    assert size < 64 << 20, size
    page = opened(html)
    said = page.evaluate("document.querySelector('#conversation > p').textContent")
    assert re.match(r"From exchange \d+ on the octets are left out", said), said
    page.evaluate("document.querySelector('a[href=\"#f1\"]').click()")
    page.settle()
    assert page.evaluate(LANDED)["seen"]
    assert page.complaints() == [], page.complaints()


try:
    checks.run(checks.rows(each_link_lands_on_its_octets, RUNS), an_address_with_a_finding_opens_on_it, a_finding_tints_its_octets_and_its_node,
               decrypted_layers_nest, the_mouse_goes_both_ways, the_keyboard_reaches_everything, narrow_and_wide, dark_and_light_are_legible,
               hostile_text_does_nothing, checks.rows(no_secret_is_in_the_page, ["der", "pem", "base64", "hex"]), no_decrypted_secret_is_in_the_page,
               no_credential_of_a_head_is_in_the_page, a_huge_run_stays_usable)
finally:
    if browser.cache_info().currsize:
        browser().__exit__()
    FOLDER.cleanup()
