#!/usr/bin/env python3
"""The include law: which room may include what. No arrow runs up the table.

usage: include_law_test.py SOURCE_DIR
"""
import pathlib
import re
import sys
import tempfile

import checks

# A room includes itself, the rooms it names and what those may use in turn (with `closed`: only what it names), and the libraries it names.
# The standard library is everyone's. The system (POSIX) is for the bridge and the rooms above it.
CODEC = {
    "codec/der": {"rooms": []},
    "codec/ber": {"rooms": ["codec/der"]},
    "codec/x509": {"rooms": ["codec/der"]},
    "codec/pkcs10": {"rooms": ["codec/x509"]},
    "codec/cms": {"rooms": ["codec/ber", "codec/x509"]},
    "codec/scep": {"rooms": ["codec/cms", "codec/pkcs10"]},
    "codec/botan": {"rooms": ["codec/scep"], "libraries": ["botan", "posix"]},
}
VIEWS = [room for room in CODEC if room != "codec/botan"]
LAW = CODEC | {
    "conformance/input": {"rooms": VIEWS, "libraries": ["posix", "pcap", "tins", "boost", "zlib", "nlohmann", "fmt"]},
    "conformance/redact": {"rooms": ["conformance/input"], "libraries": ["posix", "pcap", "tins", "boost", "zlib", "nlohmann", "fmt"]},
    "conformance/evidence": {"rooms": ["conformance/input", "codec/botan"], "libraries": ["nlohmann", "fmt"]},
    "conformance/rules": {"rooms": ["conformance/evidence", *VIEWS], "libraries": ["fmt"], "closed": True},
    "conformance/tree": {"rooms": VIEWS, "libraries": ["fmt"]},
    "conformance/diff": {"rooms": ["conformance/rules", "conformance/evidence", "conformance/tree"]},
    "conformance/report": {"rooms": ["conformance/rules", "conformance/evidence", "conformance/tree", "conformance/diff"], "libraries": ["nlohmann", "pugixml", "fmt"]},
    "conformance/cli": {"rooms": ["conformance/report", "conformance/redact", "vectors/run", "fuzz/mutate"], "libraries": ["posix", "boost", "nlohmann", "fmt", "CLI"]},
    "vectors/generate": {"rooms": ["conformance/rules", "conformance/evidence", "conformance/tree", "fuzz/mutate"], "libraries": ["botan", "posix", "nlohmann", "fmt", "CLI"]},
    "vectors/run": {"rooms": ["conformance/rules", "conformance/evidence", "conformance/tree"], "libraries": ["posix", "nlohmann", "valijson", "pugixml", "fmt"]},
    "fuzz/mutate": {"rooms": ["codec/der"]},
}
# These use any public header and any library; nothing includes them.
GUESTS = ["bench", "fuzz", "codec/tests", "conformance/tests", "vectors/tests", "vectors/peers"]
# What a room does not do, whatever it includes.
NEVER = {
    "conformance/rules": {"the clock": r"system_clock|steady_clock|std::time\b"},
    **{room: {"Botan": r"\bBotan\b"} for room in VIEWS},
}
LIBRARIES = {
    "botan": r"botan/",
    "pcap": r"pcap(\.h|/)",
    "tins": r"tins/",
    "boost": r"boost/",
    "zlib": r"zlib\.h",
    "nlohmann": r"nlohmann/",
    "valijson": r"valijson/",
    "pugixml": r"pugixml\.hpp",
    "fmt": r"fmt/",
    "CLI": r"CLI/",
    "benchmark": r"benchmark/",
    "openssl": r"openssl/",
    "valgrind": r"valgrind/",
    "gnutls": r"gnutls/",
    "nss": r"(nss|nspr)/",
    "ksba": r"ksba\.h",
    "gcrypt": r"gcrypt\.h",
    "tasn1": r"libtasn1\.h",
    "posix": r"(sys|netinet|arpa|net|sanitizer)/|(unistd|fcntl|poll|signal|termios|pwd|netdb)\.h",
    "std": r"[a-z0-9_]+$",
}


def code_of(text):
    """The text without comments and string literals, line by line as before; include lines keep their names."""
    def blank(match):
        word = match.group(0)
        return word if word.startswith(("#", "'")) else re.sub(r"[^\n]", " ", word)
    return re.sub(r'#[ \t]*include[^\n]*|//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"', blank, text, flags=re.DOTALL)


def allowed_rooms(room):
    direct = LAW[room]["rooms"]
    if LAW[room].get("closed"):
        return {room, *direct}
    return {room}.union(*(allowed_rooms(below) for below in direct))


def allowed_libraries(room):
    # Botan, what the seam is for, stops at its own room; every other library is for the rooms that name it.
    return {"std", *LAW[room].get("libraries", [])}


class Tree:
    def __init__(self, root):
        self.root = pathlib.Path(root)
        self.headers = {}
        for room in LAW:
            for folder in self.folders(room):
                self.headers |= {path.relative_to(self.root).as_posix(): room for path in self.sources(folder)}
        for guest in GUESTS:
            for path in self.sources(self.root / guest):
                self.headers.setdefault(path.relative_to(self.root).as_posix(), guest)

    def folders(self, room):
        part, name = room.split("/")
        return [self.root / "codec/include/scepcodec" / name, self.root / "codec/src" / name] if part == "codec" else [self.root / room]

    @staticmethod
    def sources(folder):
        return [path for path in folder.rglob("*") if path.suffix in (".h", ".cc", ".hpp", ".cpp")]

    def room_of(self, name):
        return self.headers.get(name)

    def resolve(self, including, name):
        """The path of an included file of the project, or None."""
        folders = [including.parent, self.root, self.root / "codec/include", self.root / "codec/tests/support"]
        for folder in folders:
            path = (self.root / folder / name).resolve()
            if path.is_file() and path.is_relative_to(self.root.resolve()):
                return path.relative_to(self.root.resolve()).as_posix()
        return None

    def violations(self):
        for name, room in sorted(self.headers.items()):
            code = code_of((self.root / name).read_text())
            for number, line in enumerate(code.splitlines(), 1):
                include = re.match(r'\s*#\s*include\s*[<"]([^>"]+)[>"]', line)
                wrong = self.judge(pathlib.Path(name), room, include.group(1)) if include else self.forbidden_word(room, line)
                if wrong:
                    yield f"{name}:{number}: {wrong}"
        for path in self.root.glob("codec/*/**/*.h"):
            name = path.relative_to(self.root).as_posix()
            if name not in self.headers:
                yield f"{name}:1: no room of the table"

    @staticmethod
    def forbidden_word(room, line):
        for what, pattern in NEVER.get(room, {}).items():
            if re.search(pattern, line):
                return f"{room} does not know {what}"
        return None

    def judge(self, including, room, name):
        guest = room in GUESTS
        if name.endswith(".inc"):
            # Rows that the build makes of a table, for one file of the room.
            return None if pathlib.PurePath(name).parent.as_posix() == room else f"{name} is private to its room"
        target = self.resolve(including, name)
        if target is None:
            library = next((library for library, pattern in LIBRARIES.items() if re.match(pattern, name)), None)
            if library is None:
                return f"<{name}> is neither a file of the project nor a known library"
            return None if guest or library in allowed_libraries(room) else f"{room} may not use {library}"
        target_room = self.room_of(target)
        if target_room is None:
            return f"{target} is in no room of the table"
        if target.startswith("codec/src/") and target_room != room:
            return f"{target} is private to {target_room}"
        if target_room in GUESTS:
            return None if guest else f"{room} may not include {target_room}"
        return None if guest or target_room in allowed_rooms(room) else f"{room} may not include {target_room}"


SOURCE = pathlib.Path(sys.argv[1])

# (file, the line planted into it, what the law says)
PLANTED = [
    ("codec/src/der/planted.cc", "#include <scepcodec/ber/normalise.h>", "codec/der may not include codec/ber"),
    ("codec/include/scepcodec/der/planted.h", "#include <botan/hash.h>", "codec/der may not use botan"),
    ("codec/src/der/planted.cc", "#include <unistd.h>", "codec/der may not use posix"),
    ("codec/src/x509/planted.cc", "#include <scepcodec/pkcs10/certification_request.h>", "codec/x509 may not include codec/pkcs10"),
    ("codec/src/cms/planted.cc", "#include <scepcodec/scep/types.h>", "codec/cms may not include codec/scep"),
    ("codec/src/cms/planted.cc", "Botan::RandomNumberGenerator* rng;", "codec/cms does not know Botan"),
    ("codec/src/scep/planted.cc", '#include "../cms/content.h"', "codec/src/cms/content.h is private to codec/cms"),
    ("codec/src/botan/planted.cc", "#include <nlohmann/json.hpp>", "codec/botan may not use nlohmann"),
    ("conformance/input/planted.cc", "#include <scepcodec/botan/keys.h>", "conformance/input may not include codec/botan"),
    ("conformance/evidence/planted.cc", "#include <botan/x509cert.h>", "conformance/evidence may not use botan"),
    ("conformance/evidence/planted.cc", '#include "conformance/rules/planted.h"', "conformance/evidence may not include conformance/rules"),
    ("conformance/redact/planted.cc", '#include "conformance/evidence/planted.h"', "conformance/redact may not include conformance/evidence"),
    ("conformance/rules/planted.cc", '#include "conformance/input/planted.h"', "conformance/rules may not include conformance/input"),
    ("conformance/rules/planted.cc", "auto now = std::chrono::system_clock::now();", "conformance/rules does not know the clock"),
    ("conformance/tree/planted.cc", '#include "conformance/evidence/planted.h"', "conformance/tree may not include conformance/evidence"),
    ("conformance/diff/planted.cc", '#include "conformance/report/planted.h"', "conformance/diff may not include conformance/report"),
    ("conformance/report/planted.cc", "#include <pcap.h>", "conformance/report may not use pcap"),
    ("conformance/cli/planted.cc", "#include <sceptest.h>", "conformance/cli may not include codec/tests"),
    ("codec/src/der/planted.cc", '#include "bench/planted.h"', "codec/der may not include bench"),
    ("codec/tests/der/planted.cc", '#include "codec/src/cms/content.h"', "codec/src/cms/content.h is private to codec/cms"),
    ("fuzz/mutate/planted.cc", "#include <scepcodec/ber/normalise.h>", "fuzz/mutate may not include codec/ber"),
    ("conformance/report/planted.cc", "#include <conformance/rules/planted.inc>", "conformance/rules/planted.inc is private to its room"),
    ("codec/src/der/planted.cc", "#include <zlib/zlib.h>", "<zlib/zlib.h> is neither a file of the project nor a known library"),
]
HARMLESS = [
    ("codec/src/der/planted.cc", "// Botan's RNG; #include <botan/rng.h>"),
    ("codec/src/der/planted.cc", 'const char* text = "Botan";'),
    ("codec/src/scep/planted.cc", "#include <scepcodec/der/reader.h>"),
    ("conformance/rules/planted.cc", "#include <conformance/rules/planted.inc>"),
    ("bench/planted.cc", "#include <openssl/cms.h>"),
]


def planted_tree(folder, name, line):
    """The headers that the planted lines name, and one file with the line."""
    root = pathlib.Path(folder)
    stubs = [line.split('"')[1] for _, line, _ in PLANTED if '"' in line and line.endswith('planted.h"')]
    stubs += ["codec/src/cms/content.h", "codec/tests/support/sceptest.h"]
    headers = SOURCE / "codec/include"
    stubs += [header.relative_to(SOURCE).as_posix() for header in headers.rglob("*.h")]
    for stub in (*stubs, name):
        path = root / stub
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("#pragma once\n")
    (root / name).write_text(f"#pragma once\n\n{line}\n")
    return Tree(root)


def the_tree_keeps_the_law():
    tree = Tree(SOURCE)
    assert len(tree.headers) > 50, f"only {len(tree.headers)} files found in {SOURCE}"
    violations = list(tree.violations())
    print("\n".join(violations))
    assert not violations, f"{len(violations)} violations"


def a_planted_breach_is_told():
    def one(name, line, says):
        with tempfile.TemporaryDirectory() as folder:
            assert list(planted_tree(folder, name, line).violations()) == [f"{name}:3: {says}"]
    for name, line, says in PLANTED:
        yield f"{name}: {line}", lambda row=(name, line, says): one(*row)


def harmless_lines_are_not():
    def one(name, line):
        with tempfile.TemporaryDirectory() as folder:
            assert list(planted_tree(folder, name, line).violations()) == []
    for name, line in HARMLESS:
        yield f"{name}: {line}", lambda row=(name, line): one(*row)


checks.run(the_tree_keeps_the_law, a_planted_breach_is_told, harmless_lines_are_not)
