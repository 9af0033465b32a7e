#!/usr/bin/env python3
"""Writes a C++ source that holds text files and the hashes that a Content-Security-Policy names them by.

usage: embed.py OUTPUT FILE...; page.css becomes assets::page_css and assets::page_css_hash.
"""
import base64
import hashlib
import pathlib
import sys


def literal(text):
    """String literals, a line of the file each; octets beyond ASCII are escaped, and the escape ends with the literal."""
    lines = []
    for line in text.encode().splitlines(keepends=True):
        out = ""
        for octet in line:
            char = chr(octet)
            out += {"\n": "\\n", '"': '\\"', "\\": "\\\\", "?": "\\?"}.get(char) or (char if 32 <= octet < 127 else f"\\{octet:03o}")
        lines.append(f'    "{out}"')
    return "\n".join(lines) or '    ""'


def main(output, *files):
    parts = ["#include <conformance/report/html/assets.h>", "", "namespace sceplab::report::assets {", ""]
    for file in map(pathlib.Path, files):
        text = file.read_text()
        name = file.name.replace(".", "_")
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        parts += [f"const std::string_view {name} =\n{literal(text)};", f'const std::string_view {name}_hash = "sha256-{digest}";', ""]
    parts.append("} // namespace sceplab::report::assets")
    pathlib.Path(output).write_text("\n".join(parts) + "\n")


main(*sys.argv[1:])
