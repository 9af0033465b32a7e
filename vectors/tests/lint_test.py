#!/usr/bin/env python3
"""The committed vectors are clean, made by the generator as they stand, and no octet of them can be changed unseen.

usage: lint_test.py VECTORS SCEPLAB [GENERATOR]
"""
import filecmp
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import checks

VECTORS, SCEPLAB = (pathlib.Path(word) for word in sys.argv[1:3])
GENERATOR = pathlib.Path(sys.argv[3]) if len(sys.argv) > 3 else None


def run(*command):
    return subprocess.run([str(word) for word in command], text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def lint(vectors):
    return run(sys.executable, VECTORS / "lint.py", vectors)


def copy_of_vectors(folder):
    vectors = pathlib.Path(folder) / "vectors"
    shutil.copytree(VECTORS, vectors, ignore=shutil.ignore_patterns("captures", "peers", "doc", "tests", "run"))
    return vectors


def committed_vectors_are_clean():
    done = lint(VECTORS)
    assert done.returncode == 0, done.stdout


def there_are_two_thousand():
    count = sum(json.loads(path.read_text())["numberOfTests"] for path in (VECTORS / "v1").glob("*.json") if not path.name.endswith(".schema.json"))
    assert count >= 2000, count


def the_generator_makes_them_anew():
    with tempfile.TemporaryDirectory() as name:
        vectors = copy_of_vectors(name)
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
            vectors = copy_of_vectors(name)
            documents = {path: json.loads(path.read_text()) for path in sorted((vectors / "v1").glob("*.json")) if not path.name.endswith(".schema.json")}
            path, document, test = first_with(documents, member)
            change(test)
            path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n")
            done = lint(vectors)
            assert done.returncode == 1, done.stdout
            assert f"v1/{path.name}: is not as SHA256SUMS has it" in done.stdout, done.stdout
    return [(change.__name__, lambda member=member, change=change: one(member, change)) for member, change in CHANGES]


def a_changed_plain_file_is_seen():
    with tempfile.TemporaryDirectory() as name:
        vectors = copy_of_vectors(name)
        path = next((vectors / "v1/files").glob("*.der"))
        path.write_bytes(path.read_bytes() + b"\0")
        done = lint(vectors)
        assert done.returncode == 1
        assert f"v1/files/{path.name}: is not what its document says" in done.stdout, done.stdout


def our_codec_answers_all_as_expected():
    done = run(SCEPLAB, "run-vectors", VECTORS / "v1")
    assert done.returncode == 0, done.stdout[-4000:]
    assert " 0 unexpected, 0 skipped" in done.stdout.splitlines()[-1], done.stdout


checks.run(committed_vectors_are_clean, there_are_two_thousand, *([the_generator_makes_them_anew] if GENERATOR else []), a_change_is_seen,
           a_changed_plain_file_is_seen, our_codec_answers_all_as_expected)
