#!/usr/bin/env python3
"""The committed vectors are clean, made by the generator as they stand, and no octet of them can be changed unseen.

usage: lint_test.py VECTORS SCEPLAB [GENERATOR]
"""
import filecmp
import functools
import hashlib
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import checks

VECTORS, SCEPLAB = (pathlib.Path(word) for word in sys.argv[1:3])
GENERATOR = pathlib.Path(sys.argv[3]) if len(sys.argv) > 3 else None
FEW = tempfile.TemporaryDirectory()


def run(*command):
    return subprocess.run([str(word) for word in command], text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def lint(vectors):
    return run(sys.executable, VECTORS / "lint.py", vectors)


def sources_of_vectors(folder):
    """What the generator reads."""
    vectors = pathlib.Path(folder) / "vectors"
    shutil.copytree(VECTORS / "generate", vectors / "generate", ignore=shutil.ignore_patterns("*.cc", "*.h"))
    for name in ("ids.tsv", "VERSION"):
        shutil.copy(VECTORS / name, vectors)
    return vectors


@functools.cache
def first_cases():
    """A clean folder with the first cases of each group, for as long as the program runs."""
    vectors = pathlib.Path(FEW.name) / "vectors"
    v1 = vectors / "v1"
    for name in ("files", "keys"):
        (v1 / name).mkdir(parents=True)
    shutil.copy(VECTORS / "ids.tsv", vectors)
    (vectors / "security.tsv").write_text("class\twhat\tcases\n")
    for path in (VECTORS / "v1").glob("*.json"):
        document = json.loads(path.read_text())
        for group in document.get("testGroups", ()):
            group["tests"] = group["tests"][:2]
            for key in group.get("keys", []) + ([group["recipient"]] if "recipient" in group else []):
                for ending in ("pem", "der"):
                    shutil.copy(VECTORS / f"v1/keys/{key['name']}.{ending}", v1 / "keys")
            for test in group["tests"]:
                for ending in (".der", ".txt", ".json", ".plaintext"):
                    plain = VECTORS / f"v1/files/{test['id']}{ending}"
                    if plain.exists():
                        shutil.copy(plain, v1 / "files")
        (v1 / path.name).write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n")
    files = sorted(path for path in v1.rglob("*") if path.is_file())
    (v1 / "SHA256SUMS").write_text("".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(v1).as_posix()}\n" for path in files))
    done = lint(vectors)
    assert done.returncode == 0, done.stdout
    return vectors


def few_vectors(folder):
    """A copy of it, to be changed."""
    return pathlib.Path(shutil.copytree(first_cases(), pathlib.Path(folder) / "vectors"))


def committed_vectors_are_clean():
    done = lint(VECTORS)
    assert done.returncode == 0, done.stdout


def there_are_two_thousand():
    count = sum(json.loads(path.read_text())["numberOfTests"] for path in (VECTORS / "v1").glob("*.json") if not path.name.endswith(".schema.json"))
    assert count >= 2000, count


def the_generator_makes_them_anew():
    with tempfile.TemporaryDirectory() as name:
        vectors = sources_of_vectors(name)
        done = run(GENERATOR, vectors, pathlib.Path(name) / "v1")
        assert done.returncode == 0, done.stdout
        assert (vectors / "ids.tsv").read_bytes() == (VECTORS / "ids.tsv").read_bytes(), "new cases have no id yet: ./dev vectors"
        compared = filecmp.dircmp(VECTORS / "v1", pathlib.Path(name) / "v1")
        names = set()

        def differences(each):
            names.update(each.left_only, each.right_only)
            names.update(filecmp.cmpfiles(each.left, each.right, each.common_files, shallow=False)[1])
            for inner in each.subdirs.values():
                differences(inner)
        differences(compared)
        assert not names, f"{len(names)} files differ, {sorted(names)[:5]} among them"


CONTRIBUTED = {"name": "met in the field", "comment": "Octets of a device.", "flags": [], "result": "valid", "input": "0500", "fields": {"value": "0"}}


def what_is_contributed_gets_an_id():
    def made_with(file, test):
        with tempfile.TemporaryDirectory() as name:
            vectors = sources_of_vectors(name)
            (vectors / "contributed").mkdir()
            (vectors / "contributed" / file).write_text(json.dumps([{"type": "DerValue", "as": "ANY", "tests": [test]}]))
            done = run(GENERATOR, vectors, vectors / "v1", "der")
            made = vectors / "v1/der.json"
            last = json.loads(made.read_text())["testGroups"][-1]["tests"][-1] if made.exists() else None
            return done, last, (vectors / "ids.tsv").read_text().splitlines()[-1]

    def good():
        done, last, line = made_with("der.json", CONTRIBUTED)
        assert done.returncode == 0, done.stdout
        assert last["name"] == "met in the field" and line == f"{last['id']}\tmet in the field", (last, line)
        # The next of its file, and so no id that was ever given.
        before = [row for row in (VECTORS / "ids.tsv").read_text().splitlines() if row.startswith("der-")]
        assert last["id"] == f"der-{len(before) + 1:04}", last["id"]

    def bad(file, test, says):
        done, _, line = made_with(file, test)
        assert done.returncode == 2 and says in done.stdout, done.stdout
        assert "met in the field" not in line
    return [("a good one", good),
            ("an id of its own", lambda: bad("der.json", CONTRIBUTED | {"id": "der-0001"}, "ids are given, not brought")),
            ("no comment", lambda: bad("der.json", CONTRIBUTED | {"comment": ""}, "no comment")),
            ("an unknown flag", lambda: bad("der.json", CONTRIBUTED | {"flags": ["NoSuchFlag"]}, "no note of this flag: NoSuchFlag")),
            ("the name of another", lambda: bad("der.json", CONTRIBUTED | {"name": "null"}, "the name of another case")),
            ("a file of no family", lambda: bad("other.json", CONTRIBUTED, "is named after no file of v1"))]


def first_with(documents, member):
    for path, document in documents.items():
        for group in document["testGroups"]:
            for test in group["tests"]:
                if test.get(member):
                    return path, document, test
    raise AssertionError(f"no case has {member}")


def flip_input(test):
    test["input"] = ("1" if test["input"][0] == "0" else "0") + test["input"][1:]


def change_field(test):
    name = next(iter(test["fields"]))
    test["fields"][name] = "other"


def change_plaintext(test):
    test["plaintext"] = ("1" if test["plaintext"][0] == "0" else "0") + test["plaintext"][1:]


def change_findings(test):
    test["findings"] = test["findings"][1:]


def change_result(test):
    test["result"] = "acceptable"


def reuse_id(test):
    test["id"] = test["id"][:-4] + "0001" if not test["id"].endswith("0001") else test["id"][:-4] + "0002"


CHANGES = [("input", flip_input), ("fields", change_field), ("plaintext", change_plaintext), ("findings", change_findings), ("comment", change_result),
           ("id", reuse_id)]


def a_change_is_seen():
    def one(member, change):
        with tempfile.TemporaryDirectory() as name:
            vectors = few_vectors(name)
            documents = {path: json.loads(path.read_text()) for path in sorted((vectors / "v1").glob("*.json")) if not path.name.endswith(".schema.json")}
            path, document, test = first_with(documents, member)
            change(test)
            path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n")
            done = lint(vectors)
            assert done.returncode == 1, done.stdout
            assert f"v1/{path.name}: is not as SHA256SUMS has it" in done.stdout, done.stdout
    return [(change.__name__, lambda member=member, change=change: one(member, change)) for member, change in CHANGES]


def set_id(test):
    test["id"] = test["id"][:-4] + "9999"


def set_name(test):
    test["name"] = "another"


def set_flag(test):
    test["flags"] = ["NoSuchFlag"]


def in_documents(vectors, change):
    """One test of a document changed."""
    documents = {path: json.loads(path.read_text()) for path in sorted((vectors / "v1").glob("*.json")) if not path.name.endswith(".schema.json")}
    path, document, test = first_with(documents, "input")
    change(test)
    path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n")


def security_row(vectors, row):
    with (vectors / "security.tsv").open("a") as table:
        table.write(row + "\n")


def twice_in_ids(vectors):
    lines = (vectors / "ids.tsv").read_text().splitlines()
    (vectors / "ids.tsv").write_text("\n".join([*lines, lines[0]]) + "\n")


WRONG = [
    ("an id that was never given", lambda vectors: in_documents(vectors, set_id), "-9999: is not in ids.tsv"),
    ("an id of another case", lambda vectors: in_documents(vectors, set_name), "is the id of another case in ids.tsv"),
    ("a flag without a note", lambda vectors: in_documents(vectors, set_flag), "no note of NoSuchFlag"),
    ("an id given twice", twice_in_ids, "is there twice"),
    ("a file of no case", lambda vectors: (vectors / "v1/files/other.der").write_bytes(b""), "v1/files/other.der: is of no case"),
    ("a class without its case", lambda vectors: security_row(vectors, "SC-999\twhat\tder: no such case"), "SC-999: der has no case no such case"),
    ("a class without its flag", lambda vectors: security_row(vectors, "SC-999\twhat\tder: flag NoSuchFlag"), "SC-999: no case of der has the flag NoSuchFlag"),
    ("a class without a reason", lambda vectors: security_row(vectors, "SC-999\twhat\tnothing"), "SC-999: neither cases nor a reason: nothing"),
]


def what_is_wrong_is_named():
    def one(change, says):
        with tempfile.TemporaryDirectory() as name:
            vectors = few_vectors(name)
            change(vectors)
            done = lint(vectors)
            assert done.returncode == 1
            assert says in done.stdout, done.stdout
    return [(name, lambda change=change, says=says: one(change, says)) for name, change, says in WRONG]


def a_changed_plain_file_is_seen():
    with tempfile.TemporaryDirectory() as name:
        vectors = few_vectors(name)
        path = next((vectors / "v1/files").glob("*.der"))
        path.write_bytes(path.read_bytes() + b"\0")
        done = lint(vectors)
        assert done.returncode == 1
        assert f"v1/files/{path.name}: is not what its document says" in done.stdout, done.stdout


def our_codec_answers_all_as_expected():
    done = run(SCEPLAB, "run-vectors", VECTORS / "v1")
    assert done.returncode == 0, done.stdout[-4000:]
    assert " 0 unexpected, 0 skipped" in done.stdout.splitlines()[-1], done.stdout


checks.run(committed_vectors_are_clean, there_are_two_thousand, *([the_generator_makes_them_anew, what_is_contributed_gets_an_id] if GENERATOR else []), a_change_is_seen, what_is_wrong_is_named,
           a_changed_plain_file_is_seen, our_codec_answers_all_as_expected)
