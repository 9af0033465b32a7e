"""What the peers say, for people: vectors/doc/peers.md and peers.html, made of the cases and the verdicts alone."""
import collections
import html
import re

NAMES = {"openssl": "OpenSSL", "gnutls": "GnuTLS", "nss": "NSS", "ksba": "libksba", "bouncycastle": "Bouncy Castle", "micromdm": "micromdm/scep"}
KINDS = ("accepts an invalid", "rejects a valid", "wrong answer", "hang", "crash")
NO_FLAG = "no flag"


def disagreement(test, verdict):
    """One of KINDS; None where the peer agrees or does not answer."""
    if verdict in ("hang", "crash"):
        return verdict
    if verdict == "wrong":
        return "wrong answer"
    if test["result"] == "invalid" and verdict == "accept":
        return "accepts an invalid"
    if test["result"] == "valid" and verdict == "reject":
        return "rejects a valid"
    return None


def counted(cases, verdicts):
    out = collections.Counter()
    for _, _, test in cases:
        verdict = verdicts.get(test["id"], "skip")
        if verdict == "skip":
            out["skipped"] += 1
            continue
        out["asked"] += 1
        out[disagreement(test, verdict) or "agrees"] += 1
    return out


def figures(cases, verdicts):
    count = counted(cases, verdicts)
    return ", ".join(f"{name} {count[name]}" for name in ("asked", "agrees", *KINDS, "skipped"))


def name_of(peer):
    return NAMES.get(peer, peer)


def address(link):
    """The address and the words of a link of a note."""
    if re.match(r"https?://", link):
        return link, re.sub(r"^https?://(www\.)?", "", link)
    rfc = re.fullmatch(r"RFC(\d+)(?:-([0-9A-Za-z.]+))?", link)
    if rfc:
        number, section = rfc.groups()
        kind = "appendix" if section and section[0].isalpha() else "section"
        return (f"https://www.rfc-editor.org/rfc/rfc{number}" + (f"#{kind}-{section}" if section else ""),
                f"RFC {number}" + (f", {section}" if section else ""))
    itu = re.fullmatch(r"X\.(\d+)(?:-([0-9A-Za-z.]+))?", link)
    if itu:
        number, section = itu.groups()
        return f"https://www.itu.int/rec/T-REC-X.{number}", f"X.{number}" + (f", {section}" if section else "")
    return None, link


class Sheet:
    """The cases beside the verdicts."""

    def __init__(self, cases, notes, peers, held):
        self.cases = cases
        self.notes = notes
        self.held = held  # why we hold to what we expect: by case, or by "FILE: FLAG"
        self.order = [peer for peer in NAMES if peer in peers] + sorted(peer for peer in peers if peer not in NAMES)
        self.peers = peers

    def verdicts(self, test):
        return {peer: self.peers[peer]["verdicts"].get(test["id"], "skip") for peer in self.order}

    def disagreeing(self, test):
        """Peers that disagree, with how."""
        each = {peer: disagreement(test, verdict) for peer, verdict in self.verdicts(test).items()}
        return {peer: kind for peer, kind in each.items() if kind}

    def alone(self, test):
        """How many peers answer, where all of them disagree with us; else 0."""
        answering = [peer for peer, verdict in self.verdicts(test).items() if verdict != "skip"]
        return len(answering) if answering and len(self.disagreeing(test)) == len(answering) else 0

    def why_held(self, test):
        file = test["id"].rpartition("-")[0]
        names = (test["id"], *(f"{file}: {flag}" for flag in test["flags"]))
        return next((self.held[name] for name in names if name in self.held), None)

    def idle_reasons(self):
        """Reasons that no case needs any more."""
        needed = {self.why_held(test) for _, _, test in self.cases if self.alone(test)}
        return [name for name, why in self.held.items() if why not in needed]

    def not_shown_right(self):
        return [test["id"] for _, _, test in self.cases if self.alone(test) > 1 and self.why_held(test) is None]

    def by_flag(self):
        """The cases that somebody disagrees with, under the first of their flags."""
        out = collections.defaultdict(list)
        for file, group, test in self.cases:
            if self.disagreeing(test):
                out[(test["flags"] or [NO_FLAG])[0]].append((file, group, test))
        return dict(sorted(out.items()))

    def flag_counts(self):
        """Flag: peer: how many cases it disagrees with; and how many cases there are."""
        out = collections.defaultdict(collections.Counter)
        for _, _, test in self.cases:
            for flag in test["flags"] or [NO_FLAG]:
                out[flag]["cases"] += 1
                out[flag].update(self.disagreeing(test).keys())
        return dict(sorted(out.items()))


def plain(text):
    return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_")


def row(*cells):
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def anchor(flag):
    return flag.lower().replace(" ", "-")


def one_line(sheet, group, test):
    said = "; ".join(f"{kind}: {', '.join(name_of(peer) for peer, other in sheet.disagreeing(test).items() if other == kind)}"
                     for kind in KINDS if kind in sheet.disagreeing(test).values())
    rest = [f"{name_of(peer)} {'agrees' if verdict != 'skip' else 'skips'}" for peer, verdict in sheet.verdicts(test).items()
            if peer not in sheet.disagreeing(test)]
    flags = ", ".join(f"[{flag}](#{anchor(flag)})" for flag in test["flags"][1:])
    type_name = group["type"] + (f" {group['as']}" if "as" in group else "")
    return (f"- `{test['id']}` ({type_name}, {test['result']}) {plain(test['name'])}: {plain(test['comment'])} **{said}**" + (f"; {', '.join(rest)}" if rest else "") +
            (f". Also {flags}." if flags else "."))


def markdown(sheet):
    out = ["# What the peers say", "",
           "Made by `./dev peers --update` of the cases of [v1](../v1) and of [the verdicts](../peers/verdicts); "
           "[peers.html](peers.html) has the matrix, case by peer. What stands for \"accept\" of each type is written at the top of each adapter in "
           "[peers](../peers). An invalid PkiMessage that a peer accepts which knows no SCEP counts as skipped: its CMS may be right.", ""]
    out += ["| peer | version |", "|---|---|"] + [row(name_of(peer), plain(sheet.peers[peer]["version"])) for peer in sheet.order] + [""]
    out += [row("peer", "cases asked", "agrees", *KINDS, "skipped"), "|---|" + "--:|" * (3 + len(KINDS))]
    for peer in sheet.order:
        count = counted(sheet.cases, sheet.peers[peer]["verdicts"])
        out.append(row(name_of(peer), count["asked"], count["agrees"], *(count[kind] for kind in KINDS), count["skipped"]))
    out += ["", "\"wrong answer\": it accepts, but reads another value or opens another plaintext. Cases that are `acceptable` agree with either answer.", ""]
    out += ["## Where we stand alone", ""]
    many = [each for each in sheet.cases if sheet.alone(each[2]) > 1]
    one = [each for each in sheet.cases if sheet.alone(each[2]) == 1]
    if many:
        out += ["Two or more peers answer, and all of them disagree with what we expect. We are wrong until shown right:", ""]
        by_reason = collections.defaultdict(list)
        for _, group, test in many:
            by_reason[sheet.why_held(test)].append((group, test))
        for why, cases in sorted(by_reason.items(), key=lambda each: (each[0] is not None, each[0] or "")):
            out += [f"**{plain(why) if why else 'Not shown right yet.'}**", ""]
            out += [one_line(sheet, group, test) for group, test in cases] + [""]
    else:
        out += ["Of the cases that two or more peers answer, there is none where all of them disagree with what we expect.", ""]
    if one:
        out += [f"One peer alone answers, and disagrees: {', '.join('`' + test['id'] + '`' for _, _, test in one)}.", ""]
    out += ["## Why cases are skipped", ""]
    for peer in sheet.order:
        reasons = sheet.peers[peer].get("skipped", {})
        if reasons:
            out.append(f"- {name_of(peer)}: " + "; ".join(f"{plain(reason)} ({number})" for reason, number in reasons.items()))
    out += ["", "## Disagreements by flag", "", row("flag", "cases", *(name_of(peer) for peer in sheet.order)), "|---|" + "--:|" * (1 + len(sheet.order))]
    groups = sheet.by_flag()
    for flag, count in sheet.flag_counts().items():
        if any(count[peer] for peer in sheet.order):
            name = f"[{flag}](#{anchor(flag)})" if flag in groups else f"[{flag}](peers.html#flag-{flag})"
            out.append(row(name, count["cases"], *(count[peer] or "" for peer in sheet.order)))
    out += ["", "## The disagreements", "", "Each case stands under the first of its flags.", ""]
    for flag, cases in groups.items():
        out += [f"### {flag}", ""]
        if flag in sheet.notes:
            note = sheet.notes[flag]
            links = [f"[{words}]({where})" if where else words for where, words in map(address, note["links"])]
            out += [f"{note['bugType']}. {plain(sentences(note))} {', '.join([*links, *note['cves']])}".strip(), ""]
        out += [one_line(sheet, group, test) for _, group, test in cases] + [""]
    return "\n".join(out)


STYLE = """
:root{color-scheme:light dark}
body{font:15px/1.45 system-ui,sans-serif;margin:1.5rem auto;max-width:100rem;padding:0 1rem}
table{border-collapse:collapse;margin:1rem 0}
th,td{border:1px solid #8886;padding:.2rem .5rem;text-align:left;vertical-align:top}
td.n{text-align:right}
#cases th{position:sticky;top:0;background:Canvas}
code{font:13px/1.4 ui-monospace,monospace;white-space:nowrap}
.agree{background:#1a7f3722}.no{background:#cf222e44;font-weight:600}.skip{opacity:.55}
label{margin-right:1rem}
dt{font-weight:600;margin-top:.8rem}
"""
SCRIPT = """
const rows = [...document.querySelectorAll('#cases tbody tr')];
const chosen = name => document.getElementById(name).value;
function show() {
  const [file, flag, peer] = ['file', 'flag', 'peer'].map(chosen);
  let count = 0;
  for (const row of rows) {
    const no = row.dataset.no.split(' ').filter(Boolean);
    const shown = (!file || row.dataset.file === file) && (!flag || row.dataset.flags.split(' ').includes(flag)) &&
      (!peer || (peer === 'any' ? no.length > 0 : peer === 'alone' ? row.dataset.alone === '1' : no.includes(peer)));
    row.hidden = !shown;
    count += shown;
  }
  document.getElementById('count').textContent = count + ' cases';
}
document.getElementById('filter').hidden = false;
document.getElementById('filter').addEventListener('input', show);
show();
"""


def choice(name, label, options):
    each = "".join(f'<option value="{html.escape(value)}">{html.escape(text)}</option>' for value, text in options)
    return f'<label>{label} <select id="{name}"><option value="">all</option>{each}</select></label>'


def cell(test, verdict):
    if verdict == "skip":
        return '<td class="skip">skip</td>'
    kind = disagreement(test, verdict)
    return f'<td class="{"no" if kind else "agree"}">{verdict}{" ✗" if kind else ""}</td>'


def case_row(sheet, file, group, test):
    said = sheet.verdicts(test)
    flags = " ".join(f'<a href="#flag-{flag}">{flag}</a>' for flag in test["flags"])
    type_name = html.escape(group["type"] + (f" {group['as']}" if "as" in group else ""))
    return (f'<tr id="{test["id"]}" data-file="{file}" data-flags="{" ".join(test["flags"])}" data-no="{" ".join(sheet.disagreeing(test))}" '
            f'data-alone="{1 if sheet.alone(test) else 0}"><td><code>{test["id"]}</code></td><td>{type_name}</td><td>{html.escape(test["name"])}: {html.escape(test["comment"])}</td>'
            f'<td>{flags}</td><td>{test["result"]}</td>{"".join(cell(test, verdict) for verdict in said.values())}</tr>')


def sentences(note):
    """What the bug is, and what comes of it."""
    return " ".join(words.rstrip(".") + "." for words in (note["description"], note["effect"]) if words)


def flag_entry(sheet, flag):
    note = sheet.notes[flag]
    links = [f'<a href="{html.escape(where)}">{html.escape(words)}</a>' if where else html.escape(words) for where, words in map(address, note["links"])]
    return (f'<dt id="flag-{flag}">{flag} <small>{note["bugType"]}</small></dt><dd>{html.escape(sentences(note))} '
            f'{", ".join([*links, *map(html.escape, note["cves"])])}</dd>')


def page(sheet):
    peers = [(peer, name_of(peer)) for peer in sheet.order]
    files = sorted({file for file, _, _ in sheet.cases})
    flags = sorted({flag for _, _, test in sheet.cases for flag in test["flags"]})
    figures_rows = []
    for peer, name in peers:
        count = counted(sheet.cases, sheet.peers[peer]["verdicts"])
        figures_rows.append(f'<tr><td>{html.escape(name)}</td><td>{html.escape(sheet.peers[peer]["version"])}</td>' +
                            "".join(f'<td class="n">{count[kind]}</td>' for kind in ("asked", "agrees", *KINDS, "skipped")) + "</tr>")
    lines = ["<!doctype html>", '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
             f"<title>Test vectors for SCEP: what the peers say</title><style>{STYLE}</style></head><body>",
             "<h1>Test vectors for SCEP: what the peers say</h1>",
             '<p>Each case of <code>vectors/v1</code> beside what each library says of it. ✗ marks what disagrees with our expectation; '
             '<a href="#flags">the flags</a> tell what a case looks for. <a href="peers.md">peers.md</a> lists the disagreements alone.</p>',
             "<table><thead><tr><th>peer</th><th>version</th>" + "".join(f"<th>{kind}</th>" for kind in ("asked", "agrees", *KINDS, "skipped")) +
             "</tr></thead><tbody>", *figures_rows, "</tbody></table>",
             '<p id="filter" hidden>' + choice("file", "file", [(file, file) for file in files]) + choice("flag", "flag", [(flag, flag) for flag in flags]) +
             choice("peer", "disagreement", [("any", "of anybody"), ("alone", "of all that answer"), *((peer, f"of {name}") for peer, name in peers)]) +
             '<span id="count"></span></p>',
             '<table id="cases"><thead><tr><th>case</th><th>type</th><th>what it is</th><th>flags</th><th>expected</th>' +
             "".join(f"<th>{html.escape(name)}</th>" for _, name in peers) + "</tr></thead><tbody>"]
    lines += [case_row(sheet, file, group, test) for file, group, test in sheet.cases]
    lines += ['</tbody></table>', '<h2 id="flags">Flags</h2>', "<dl>", *(flag_entry(sheet, flag) for flag in flags), "</dl>", f"<script>{SCRIPT}</script>",
              "</body></html>", ""]
    return "\n".join(lines)


def made(cases, notes, peers, held):
    """The documents, by name; and the cases that all peers disagree with us on, for no reason that is written down."""
    sheet = Sheet(cases, notes, peers, held)
    return sheet.not_shown_right(), sheet.idle_reasons(), {"peers.md": markdown(sheet), "peers.html": page(sheet)}
