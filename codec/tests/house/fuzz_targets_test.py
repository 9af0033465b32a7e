#!/usr/bin/env python3
"""Runs each fuzz target over seeds, their prefixes, and the seeds with one octet changed.

usage: fuzz_targets_test.py MAKE_SEEDS TARGET...
"""
import pathlib
import subprocess
import sys
import tempfile

import checks

MAKE_SEEDS = sys.argv[1]
TARGETS = sys.argv[2:]


def run(*command):
    return subprocess.run([str(word) for word in command], text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def inputs(folder):
    """A few hundred files; the steps are odd so that they hit headers and values alike."""
    done = run(MAKE_SEEDS, folder)
    assert done.returncode == 0, done.stdout
    seeds = sorted(folder.iterdir())
    assert len(seeds) >= 10, seeds
    for seed in seeds:
        octets = seed.read_bytes()
        for end in range(0, len(octets), 41):
            (folder / f"{seed.name}.to-{end}").write_bytes(octets[:end])
        for place in range(0, min(len(octets), 900), 19):
            (folder / f"{seed.name}.at-{place}").write_bytes(octets[:place] + bytes([octets[place] ^ 0x81]) + octets[place + 1:])
    (folder / "trailing").write_bytes(seeds[0].read_bytes() + b"\r\n")
    return len(list(folder.iterdir()))


def targets_survive():
    def one(target):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            count = inputs(folder)
            done = run(target, folder)
            assert (done.returncode, done.stdout) == (0, f"{count} inputs\n"), f"exit {done.returncode}\n{done.stdout}"
    for target in TARGETS:
        yield pathlib.Path(target).name, lambda target=target: one(target)


def a_file_that_is_not_there_is_told():
    done = run(TARGETS[0], "/nonexistent/input")
    assert done.returncode == 2 and "cannot be read" in done.stdout, done


checks.run(targets_survive, a_file_that_is_not_there_is_told)
