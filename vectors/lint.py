#!/usr/bin/env python3
"""Lints the test vectors: lint.py [VECTORS], the folder that holds v1, ids.tsv and generate (default: where this file is).

Says what is wrong, a line each, and exits by 1; by 0 where nothing is. `sceplab run-vectors` holds the documents against their schema; this looks
at what stands between them: sums, plain files, ids, notes, and cases that are there twice.
"""
import collections
import hashlib
import json
import pathlib
import sys

TEXTS = ("Capabilities", "RequestTarget")
# Of a test: what tells it from another.
ASKED = ("input", "transcript", "profile", "facts", "challenges")


def read_table(path):
    return [line.split("\t") for line in path.read_text().splitlines()]


class Lint:
    def __init__(self, vectors):
        self.folder = vectors / "v1"
        self.vectors = vectors
        self.wrong = []
        self.documents = {path.stem: json.loads(path.read_text()) for path in sorted(self.folder.glob("*.json")) if not path.name.endswith(".schema.json")}

    def tell(self, what):
        self.wrong.append(what)

    def tests(self):
        for name, document in self.documents.items():
            for group in document["testGroups"]:
                for test in group["tests"]:
                    yield name, group, test

    def sums(self):
        """Every file of v1 is as SHA256SUMS has it, and in it."""
        listed = {}
        for line in (self.folder / "SHA256SUMS").read_text().splitlines():
            digest, name = line.split("  ", 1)
            listed[name] = digest
        there = {path.relative_to(self.folder).as_posix(): path for path in self.folder.rglob("*") if path.is_file() and path.name != "SHA256SUMS"}
        for name in sorted(listed.keys() | there.keys()):
            if name not in there:
                self.tell(f"v1/{name}: is in SHA256SUMS and missing")
            elif name not in listed:
                self.tell(f"v1/{name}: is not in SHA256SUMS")
            elif hashlib.sha256(there[name].read_bytes()).hexdigest() != listed[name]:
                self.tell(f"v1/{name}: is not as SHA256SUMS has it")

    def plain_files(self):
        """files/ holds what the documents do, and nothing else."""
        due = {}
        for _, group, test in self.tests():
            stem = "files/" + test["id"]
            if "transcript" in test:
                due[stem + ".json"] = (json.dumps(test["transcript"], indent=2, ensure_ascii=False) + "\n").encode()
            else:
                due[stem + (".txt" if group["type"] in TEXTS else ".der")] = bytes.fromhex(test["input"])
            if "plaintext" in test:
                due[stem + ".plaintext"] = bytes.fromhex(test["plaintext"])
            for key in group.get("keys", []) + ([group["recipient"]] if "recipient" in group else []):
                for ending, octets in ((".pem", key["privateKey"].encode()), (".der", bytes.fromhex(key["certificate"]))):
                    if due.setdefault(f"keys/{key['name']}{ending}", octets) != octets:
                        self.tell(f"{test['id']}: its key {key['name']} is another than that of a case before")
        there = {path.relative_to(self.folder).as_posix() for folder in ("files", "keys") for path in (self.folder / folder).glob("*")}
        for name in sorted(there - due.keys()):
            self.tell(f"v1/{name}: is of no case")
        for name, octets in due.items():
            if name not in there:
                self.tell(f"v1/{name}: is missing")
            elif (self.folder / name).read_bytes() != octets:
                self.tell(f"v1/{name}: is not what its document says")

    def ids(self):
        """Each id is of its file, in ids.tsv, and there once; so is each line of ids.tsv."""
        rows = read_table(self.vectors / "ids.tsv")
        for value, count in collections.Counter(row[0] for row in rows).items():
            if count > 1:
                self.tell(f"ids.tsv: the id {value} is there twice")
        for (file, name), count in collections.Counter((row[0].rpartition("-")[0], row[1]) for row in rows).items():
            if count > 1:
                self.tell(f"ids.tsv: {file}: {name} has two ids")
        given = {row[0]: row[1] for row in rows}
        seen = set()
        for name, _, test in self.tests():
            if test["id"] in seen:
                self.tell(f"{test['id']}: is there twice")
            seen.add(test["id"])
            if test["id"].rpartition("-")[0] != name:
                self.tell(f"{test['id']}: is no id of v1/{name}.json")
            if test["id"] not in given:
                self.tell(f"{test['id']}: is not in ids.tsv")
            elif given[test["id"]] != test["name"]:
                self.tell(f"{test['id']}: is the id of another case in ids.tsv: {given[test['id']]}")

    def cases(self):
        """No case asks what another does; flags have notes, and notes are used."""
        asked = {}
        for name, group, test in self.tests():
            shared = {member: value for member, value in group.items() if member not in ("tests", "comment")}
            question = json.dumps([shared, {member: test[member] for member in ASKED if member in test}], sort_keys=True)
            if question in asked:
                self.tell(f"{test['id']}: asks what {asked[question]} does")
            asked[question] = test["id"]
            for flag in test["flags"]:
                if flag not in self.documents[name]["notes"]:
                    self.tell(f"{test['id']}: no note of {flag}")
        used = {flag for _, _, test in self.tests() for flag in test["flags"]}
        written = {row[0] for path in (self.vectors / "generate/notes").glob("*.tsv") for row in read_table(path)[1:]}
        for flag in sorted(written - used):
            self.tell(f"generate/notes: {flag} is the flag of no case")

    def security_classes(self):
        """security.tsv names cases and flags that are there, or says why there are none."""
        names = {(name, test["name"]) for name, _, test in self.tests()}
        flags = {(name, flag) for name, _, test in self.tests() for flag in test["flags"]}

        def segment(kind, text):
            files, colon, rest = text.partition(": ")
            if not colon:
                self.tell(f"security.tsv: {kind}: neither cases nor a reason: {text}")
            elif files == "not expressible":
                return
            elif rest.startswith("flag "):
                for flag in rest.removeprefix("flag ").split(", "):
                    for file in files.split(", "):
                        if (file, flag) not in flags:
                            self.tell(f"security.tsv: {kind}: no case of {file} has the flag {flag}")
            else:
                for name in rest.split("; "):
                    if (files, name) not in names:
                        self.tell(f"security.tsv: {kind}: {files} has no case {name}")

        for row in read_table(self.vectors / "security.tsv")[1:]:
            if len(row) != 3:
                self.tell(f"security.tsv: three columns are due: {row[0]}")
                continue
            for text in row[2].split(" | "):
                segment(row[0], text)

    def run(self):
        for check in (self.sums, self.plain_files, self.ids, self.cases, self.security_classes):
            check()
        return self.wrong


def main():
    vectors = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent)
    wrong = Lint(vectors).run()
    for line in wrong:
        print(line)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
