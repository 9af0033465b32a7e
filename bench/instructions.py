#!/usr/bin/env python3
"""Instructions and heap allocations of the short paths: instructions.py PATHS, where PATHS is the program built from paths.cc.

Runs it under callgrind, which counts the same for the same program on any processor of one kind. With --ceilings FILE each path is held to
what the file allows, as a test; with --json FILE the figures are written for compare_base.
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile


def measure(program):
    """{path: {"instructions": n, "allocations": n}} in the program's order."""
    # Meson has malloc fill what it gives, for tests; here that would be counted.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MALLOC_", "GLIBC_TUNABLES"))}
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "out"
        run = subprocess.run(
            ["valgrind", "--tool=callgrind", "--collect-atstart=no", f"--callgrind-out-file={out}", program],
            capture_output=True, text=True, env=environment)
        if run.returncode != 0:
            raise RuntimeError(f"{program} failed under callgrind:\n{run.stdout}{run.stderr}")
        allocations = dict(line.split() for line in run.stdout.splitlines())
        instructions = {}
        for part in pathlib.Path(folder).iterdir():
            text = part.read_text()
            name = re.search(r"^desc: Trigger: Client Request: (.+)$", text, re.MULTILINE)
            total = re.search(r"^totals: (\d+)$", text, re.MULTILINE)
            if name and total:
                instructions[name.group(1)] = int(total.group(1))
    if instructions.keys() != allocations.keys():
        raise RuntimeError(f"{program}: callgrind saw {sorted(instructions)}, the program ran {sorted(allocations)}")
    return {name: {"instructions": instructions[name], "allocations": int(count)} for name, count in allocations.items()}


def ceilings_test(program, path, compiler, flags):
    # The tests' own runner, which ends the program.
    sys.path.append(str(pathlib.Path(__file__).parents[1] / "codec/tests/support"))
    from checks import Skip, run

    ceilings = json.loads(pathlib.Path(path).read_text())

    def each_path_stays_below_its_ceiling():
        built = {"compiler": compiler, "flags": flags}
        named = {key: ceilings[key] for key in built}
        if built != named:
            raise Skip(f"built with {built}, and the ceilings are for {named}")
        figures = measure(program)

        def holds(name):
            limit = ceilings["paths"].get(name)
            assert limit, f"{name} has no ceiling in {path}"
            assert name in figures, f"{name} has a ceiling and is not measured"
            for unit, figure in figures[name].items():
                print(f"{name}: {figure} {unit}, at most {limit[unit]}")
                assert figure <= limit[unit], f"{name}: {figure} {unit}, more than {limit[unit]}"
        return [(name, lambda name=name: holds(name)) for name in [*figures, *(name for name in ceilings["paths"] if name not in figures)]]

    run(each_path_stays_below_its_ceiling)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--ceilings")
    parser.add_argument("--compiler", default="")
    parser.add_argument("--flags", default="")
    parser.add_argument("--json")
    options = parser.parse_args()
    if options.ceilings:
        return ceilings_test(options.program, options.ceilings, options.compiler, options.flags)
    figures = measure(options.program)
    for name, units in figures.items():
        print(f"{name:28} {units['instructions']:>12,} instructions {units['allocations']:>6} allocations")
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    try:
        main()
    except RuntimeError as error:
        sys.exit(f"instructions.py: {error}")
