#!/usr/bin/env python3
"""Every public header compiles alone, and twice, without a warning; so does the example of README.md.

usage: headers_test.py SOURCE_DIR BUILD_DIR; the flags are those of the build's own compile commands.
"""
import concurrent.futures
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

import checks

SOURCE = pathlib.Path(sys.argv[1])
BUILD = pathlib.Path(sys.argv[2])


def flags_of(part):
    """Compiler and flags of a source file below `part`, the one with the most include folders."""
    best = []
    for command in json.loads((BUILD / "compile_commands.json").read_text()):
        if (BUILD / command["file"]).resolve().is_relative_to(SOURCE / part):
            words = [word for word in shlex.split(command["command"]) if not word.endswith("ccache")]
            flags = [word for word in words if re.match(r"-(I|isystem|D|std|W|f(?!diagnostics-color))", word) and word != "-Winvalid-pch"]
            flags = [words[0], *flags]
            best = max(best, flags, key=lambda line: sum(word.startswith(("-I", "-isystem")) for word in line))
    if not best:
        raise checks.Skip(f"{part} is not part of this build")
    return best


def compile_text(flags, text):
    done = subprocess.run([*flags, "-Werror", "-fsyntax-only", "-x", "c++", "-"], input=text, text=True, cwd=BUILD, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    assert done.returncode == 0, done.stdout


def alone(headers, flags):
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = [(header, pool.submit(compile_text, flags, f'#include "{header}"\n#include "{header}"\n')) for header in sorted(headers)]
        assert jobs, "no headers"
        for header, job in jobs:
            yield header, job.result


def codec_headers_alone():
    include = SOURCE / "codec/include"
    bridge = (BUILD / "codec/libscepcodec-botan.a").exists()
    headers = [str(header.relative_to(include)) for header in include.rglob("*.h")]
    yield from alone([header for header in headers if bridge or "/botan/" not in header], flags_of("codec/src"))


def conformance_headers_alone():
    flags = flags_of("conformance/cli")
    yield from alone([str(header.relative_to(SOURCE)) for header in (SOURCE / "conformance").rglob("*.h") if "tests" not in header.parts], flags)


def readme_example_compiles():
    examples = re.findall(r"^```cpp\n(.*?)^```", (SOURCE / "README.md").read_text(), re.MULTILINE | re.DOTALL)
    assert examples, "README.md has no C++ example"
    for example in examples:
        compile_text(flags_of("codec/src"), example)


def a_header_that_lacks_an_include_fails():
    try:
        compile_text(flags_of("codec/src"), "std::string text;\n")
    except AssertionError:
        return
    raise AssertionError("the compiler took std::string without <string>")


checks.run(codec_headers_alone, conformance_headers_alone, readme_example_compiles, a_header_that_lacks_an_include_fails)
