#!/usr/bin/env python3
"""Adds up the tests of a release and of a sanitizer run: figures.py RELEASE_LOG SANITIZER_LOG (meson-logs/testlog.json each).

A test program prints `sceptest: passed=2 failed=0 skipped=1 rows_passed=40 rows_failed=0 rows_skipped=0`: test functions, and the rows of the
data-driven ones. A program that fails without saying which function did counts as one failure. A function counts once: as failed where it failed
in either run.
"""
import collections
import json
import re
import sys


class Figures(collections.Counter):
    @classmethod
    def of(cls, test):
        found = re.findall(r"^sceptest: (.*)$", test.get("stdout") or "", re.MULTILINE)
        figures = cls()
        for line in found:
            figures.update({name: int(value) for name, value in re.findall(r"(\w+)=(\d+)", line)})
        if not found or (test["result"] != "OK" and figures["failed"] == 0):
            figures["failed"] += 1
        return figures


def read(path):
    try:
        with open(path) as log:
            tests = [json.loads(line) for line in log]
    except OSError:
        tests = []
    return {test["name"]: Figures.of(test) for test in tests}


def text(figures, prefix=""):
    told = f"{figures[prefix + 'passed']} passed, {figures[prefix + 'failed']} failed"
    return told + (f", {figures[prefix + 'skipped']} skipped" if figures[prefix + "skipped"] else "")


def main():
    release, sanitized = (read(path) for path in sys.argv[1:3])
    total = Figures()
    for name in release.keys() | sanitized.keys():
        figures = Figures(release.get(name, {}))
        only_sanitized = max(0, sanitized.get(name, Figures())["failed"] - figures["failed"])
        figures["failed"] += only_sanitized
        figures["passed"] = max(0, figures["passed"] - only_sanitized)
        total.update(figures)
        if figures["failed"]:
            print(f"failed: {name}")
    if not release or not sanitized:
        print("failed: a run left no log")
        total["failed"] += 1
    print(f"rows of data-driven tests: {text(total, 'rows_')}")
    print(f"with sanitizers: {text(sum(sanitized.values(), Figures()))}")
    print(text(total))
    sys.exit(1 if total["failed"] else 0)


if __name__ == "__main__":
    main()
