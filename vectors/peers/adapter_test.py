"""The adapters, and what the runner makes of those that die, hang or talk.

usage: adapter_test.py [NAME PROGRAM]...
"""
import json
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile

import checks
import harness
import tables

HERE = pathlib.Path(__file__).parent
BUILT = dict(zip(sys.argv[1::2], sys.argv[2::2]))
PROGRAMS = pathlib.Path(os.environ.get("SCEPTEST_BUILD_DIR", "build")) / "vectors/peers/programs"
if (PROGRAMS / "peer").exists():
    BUILT["micromdm"] = str(PROGRAMS / "peer")
if (PROGRAMS / "Peer.class").exists():
    jars = "".join(f":/usr/share/java/{jar}.jar" for jar in ("bcpkix", "bcprov", "bcutil", "gson"))
    BUILT["bouncycastle"] = f"java -cp {shlex.quote(str(PROGRAMS) + jars)} Peer"


def openssl(folder, *arguments):
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class Messages:
    """What OpenSSL makes of one key."""

    def __init__(self, folder):
        folder = pathlib.Path(folder)
        (folder / "text").write_bytes(b"text")
        openssl(folder, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key", "-out", "pem", "-subj", "/CN=peer", "-days", "3650")
        openssl(folder, "x509", "-in", "pem", "-outform", "DER", "-out", "certificate")
        openssl(folder, "req", "-new", "-key", "key", "-subj", "/CN=peer", "-outform", "DER", "-out", "request")
        openssl(folder, "crl2pkcs7", "-nocrl", "-certfile", "pem", "-outform", "DER", "-out", "certificates")
        openssl(folder, "cms", "-sign", "-binary", "-nodetach", "-in", "text", "-signer", "pem", "-inkey", "key", "-outform", "DER", "-out", "signed")
        openssl(folder, "cms", "-encrypt", "-binary", "-aes128", "-in", "text", "-outform", "DER", "-out", "enveloped", "pem")
        self.octets = {name: (folder / name).read_bytes() for name in ("certificate", "request", "certificates", "signed", "enveloped")}
        self.key = {"name": "peer", "privateKey": (folder / "key").read_text(), "certificate": self.octets["certificate"].hex()}

    def case(self, id_, type_, octets, **more):
        return {"id": id_, "type": type_, "input": octets.hex(), **more}

    def broken(self, name):
        """The last octet is of the signature, or of what is encrypted."""
        return self.octets[name][:-1] + bytes([self.octets[name][-1] ^ 1])

    def cases(self):
        """Each with what every library says of it that has a call for it, and a field or plaintext that it may tell."""
        octets = self.octets
        yield self.case("integer", "DerValue", bytes.fromhex("02017f"), **{"as": "INTEGER"}), "accept", {"value": "127"}
        yield self.case("cut", "DerValue", bytes.fromhex("0202"), **{"as": "INTEGER"}), "reject", {}
        yield self.case("other tag", "DerValue", bytes.fromhex("040101"), **{"as": "INTEGER"}), "reject", {}
        yield self.case("parts", "BerValue", bytes.fromhex("24800401010401020000"), **{"as": "OCTET STRING"}), "accept", {"value": "0102"}
        yield self.case("certificate", "Certificate", octets["certificate"]), "accept", {}
        yield self.case("cut certificate", "Certificate", octets["certificate"][:-1]), "reject", {}
        yield self.case("request", "CertificationRequest", octets["request"]), "accept", {}
        yield self.case("forged request", "CertificationRequest", self.broken("request")), "reject", {}
        yield self.case("certificates", "CertificatesOnly", octets["certificates"]), "accept", {}
        yield self.case("signers", "CertificatesOnly", octets["signed"]), "reject", {}
        yield self.case("signed", "SignedData", octets["signed"]), "accept", {"eContent": b"text".hex()}
        yield self.case("forged", "SignedData", self.broken("signed")), "reject", {}
        yield self.case("no signers", "SignedData", octets["certificates"]), "reject", {}
        yield self.case("enveloped", "EnvelopedData", octets["enveloped"], recipient=self.key), "accept", {"plaintext": b"text".hex()}
        yield self.case("no envelope", "EnvelopedData", octets["signed"], recipient=self.key), "reject", {}
        yield self.case("unheard of", "NoSuchType", b"\x05\x00"), "skip", {}


def an_adapter_answers():
    if not BUILT:
        raise checks.Skip("no adapter is built")
    with tempfile.TemporaryDirectory() as folder:
        messages = Messages(folder)

    def one(name):
        adapter = harness.Adapter(name, BUILT[name])
        assert adapter.version()
        answered = 0
        for case, result, told in messages.cases():
            answer = adapter.ask(case)
            if answer["result"] == "skip":
                assert answer["reason"], case["id"]
                continue
            answered += 1
            assert answer["result"] == result, (case["id"], answer)
            said = answer.get("fields", {}) | ({"plaintext": answer["plaintext"]} if "plaintext" in answer else {})
            assert all(said.get(field, value) == value for field, value in told.items()), (case["id"], answer)
        adapter.end()
        assert answered >= 7, answered
    for name in BUILT:
        yield name, lambda name=name: one(name)


ANSWER = 'import json,sys\nfor line in sys.stdin:\n case=json.loads(line)\n'
ACCEPT = ' print(json.dumps({"id":case["id"],"result":"accept"}),flush=True)\n'


def fake(program, limit=10):
    return harness.Adapter("fake", f"{sys.executable} -c {shlex.quote(program)}", limit=limit, start_limit=10)


def answers_of(adapter, *ids):
    return [adapter.ask({"id": each})["result"] for each in ids]


def one_that_dies_has_crashed_and_is_started_again():
    adapter = fake(ANSWER + ' if case["id"]=="2": sys.exit(3)\n' + ACCEPT)
    assert answers_of(adapter, "1", "2", "3", "2", "4") == ["accept", "crash", "accept", "crash", "accept"]
    adapter.end()


def one_that_is_silent_hangs_and_is_started_again():
    adapter = fake(ANSWER + ' import time\n if case["id"]=="2": time.sleep(60)\n' + ACCEPT, limit=0.3)
    assert answers_of(adapter, "1", "2", "3") == ["accept", "hang", "accept"]
    adapter.end()


def one_that_breaks_the_contract_is_at_fault():
    def one(program):
        adapter = fake(program)
        try:
            answers_of(adapter, "1", "2")
            adapter.end()
        except harness.Fault:
            return
        adapter.kill()
        raise AssertionError("no fault is told")
    for name, program in {
            "two lines": ANSWER + ACCEPT.replace("\n", ";" + ACCEPT.strip() + "\n"),
            "not JSON": ANSWER + ' print("yes",flush=True)\n',
            "not an object": ANSWER + ' print("[]",flush=True)\n',
            "of another case": ANSWER + ' print(json.dumps({"id":"0","result":"accept"}),flush=True)\n',
            "another word": ANSWER + ' print(json.dumps({"id":case["id"],"result":"maybe"}),flush=True)\n',
            "words at the end": ANSWER + ACCEPT + 'print("bye")\n',
            "a bad end": ANSWER + ACCEPT + "sys.exit(1)\n",
    }.items():
        yield name, lambda program=program: one(program)


def a_version_is_one_line():
    assert fake('print("fake 1")').version() == "fake 1"
    for program in ('print("one\\ntwo")', "", 'print("fake 1"); import sys; sys.exit(1)'):
        try:
            fake(program).version()
        except harness.Fault:
            continue
        raise AssertionError(program)


def what_is_told_is_compared():
    test = {"result": "valid", "fields": {"value": "1", "der": "020101"}, "plaintext": "00"}
    assert harness.verdict(test, {"result": "accept"}) == "accept"
    assert harness.verdict(test, {"result": "accept", "fields": {"value": "1", "other": "2"}, "plaintext": "00"}) == "accept"
    assert harness.verdict(test, {"result": "accept", "fields": {"value": "2"}}) == "wrong"
    assert harness.verdict(test, {"result": "accept", "plaintext": "01"}) == "wrong"
    assert harness.verdict(test | {"result": "invalid"}, {"result": "accept", "plaintext": "01"}) == "accept"
    assert harness.verdict(test, {"result": "reject", "fields": {"value": "2"}}) == "reject"


DOCUMENT = {
    "notes": {"Forged": {"bugType": "FORGERY", "description": "<b>", "effect": "Bad.", "links": ["RFC5652-5.4", "X.690-10.1"], "cves": []}},
    "testGroups": [{"type": "DerValue", "as": "NULL", "tests": [
        {"id": "der-0001", "name": "null", "comment": "NULL.", "flags": [], "result": "valid", "input": "0500"},
        {"id": "der-0002", "name": "long null", "comment": "Not | NULL.", "flags": ["Forged"], "result": "invalid", "input": "0501"}]}],
}
# The odd octet decides; a peer that hears what is expected refuses all.
PEER = (f"{sys.executable} -c " + shlex.quote(
    'import json,sys\nif "--version" in sys.argv: print("fake 1"); sys.exit()\n' + ANSWER.partition("\n")[2] +
    ' hears=set(case)&{"comment","result","flags"}\n'
    ' print(json.dumps({"id":case["id"],"result":"accept" if case["input"]=="0501" and not hears else "reject"}),flush=True)\n'))


def the_runner_compares_and_writes():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "v1").mkdir()
        (folder / "v1/der.json").write_text(json.dumps(DOCUMENT))
        (folder / "v1/sceplab-vectors-1.schema.json").write_text("{}")

        def run(*more):
            return subprocess.run([sys.executable, HERE / "run_peers", folder / "v1", folder / "verdicts", folder / "doc", *more, f"fake={PEER}"],
                                  capture_output=True, text=True, check=False)
        assert run().returncode == 1
        assert run("--update").returncode == 0
        again = run()
        assert again.returncode == 0, again.stdout + again.stderr
        assert "no reason why: 0" in again.stdout, again.stdout
        committed = folder / "verdicts/fake.json"
        assert json.loads(committed.read_text())["verdicts"] == {"der-0001": "reject", "der-0002": "accept"}
        committed.write_text(committed.read_text().replace('"accept"', '"reject"'))
        changed = run()
        assert changed.returncode == 1 and "fake: der-0002: accept, committed: reject" in changed.stdout, changed.stdout
        text = (folder / "doc/peers.md").read_text()
        assert "## Where we stand alone" in text and "](https://www.rfc-editor.org/rfc/rfc5652#section-5.4)" in text, text
        assert "accepts an invalid: fake" in text and "rejects a valid: fake" in text and "&lt;b>" in text, text
        page = (folder / "doc/peers.html").read_text()
        assert 'href="#flag-Forged"' in page and 'id="flag-Forged"' in page and "src=" not in page and "&lt;b&gt;" in page


# Opens whatever it is asked, to other octets each time.
LUCKY = (f"{sys.executable} -c " + shlex.quote(
    'import itertools,json,sys\nif "--version" in sys.argv: print("lucky 1"); sys.exit()\n' + ANSWER.partition("\n")[2].replace(
        "for line", "count=itertools.count(10)\nfor line", 1) +
    ' print(json.dumps({"id":case["id"],"result":"accept","plaintext":str(next(count))}),flush=True)\n'))


def what_opens_by_chance_is_refused():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "v1").mkdir()
        (folder / "v1/der.json").write_text(json.dumps(DOCUMENT))
        run = subprocess.run([sys.executable, HERE / "run_peers", folder / "v1", folder / "verdicts", folder / "doc", "--update", f"lucky={LUCKY}"],
                             capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stderr
        verdicts = json.loads((folder / "verdicts/lucky.json").read_text())["verdicts"]
        assert verdicts == {"der-0001": "accept", "der-0002": "reject"}, verdicts


def where_all_disagree_a_reason_is_due():
    cases = [("der", group, test) for group in DOCUMENT["testGroups"] for test in group["tests"]]
    peers = {name: {"version": name, "verdicts": {"der-0001": "accept", "der-0002": "accept"}} for name in ("one", "two")}

    def one(held, missing, says):
        not_shown_right, idle, documents = tables.made(cases, DOCUMENT["notes"], peers, held)
        assert not_shown_right == missing
        assert idle == [name for name in held if name.startswith("ber")]
        assert says in documents["peers.md"].partition("## Why cases are skipped")[0]
    for held, missing, says in (({}, ["der-0002"], "Not shown right yet."), ({"der-0002": "So says X.690."}, [], "So says X.690."),
                                ({"der: Forged": "So says RFC 5652."}, [], "So says RFC 5652."),
                                ({"ber: Forged": "So says RFC 5652."}, ["der-0002"], "Not shown right yet.")):
        yield says, lambda row=(held, missing, says): one(*row)


def a_disagreement_has_a_kind():
    def one(result, verdict, kind):
        assert tables.disagreement({"result": result}, verdict) == kind
    for each in (("valid", "accept", None), ("valid", "reject", "rejects a valid"), ("valid", "wrong", "wrong answer"), ("valid", "hang", "hang"),
                 ("invalid", "reject", None), ("invalid", "accept", "accepts an invalid"), ("invalid", "crash", "crash"), ("invalid", "skip", None),
                 ("acceptable", "accept", None), ("acceptable", "reject", None), ("acceptable", "wrong", "wrong answer")):
        yield " ".join(map(str, each)), lambda each=each: one(*each)


checks.run(an_adapter_answers, one_that_dies_has_crashed_and_is_started_again, one_that_is_silent_hangs_and_is_started_again,
           one_that_breaks_the_contract_is_at_fault, a_version_is_one_line, what_is_told_is_compared, the_runner_compares_and_writes, what_opens_by_chance_is_refused,
           where_all_disagree_a_reason_is_due, a_disagreement_has_a_kind)
