"""Tests in Python that count as the C++ ones do: functions, and rows of the data-driven ones."""
import collections
import sys
import traceback


class Skipped(Exception):
    pass


def _outcome(name, test, *row):
    try:
        test(*row)
    except Skipped as reason:
        print(f"skipped: {name}: {reason}")
        return "skipped"
    except Exception:
        print(f"failed: {name}\n{traceback.format_exc()}")
        return "failed"
    return "passed"


def _together(outcomes):
    return "failed" if "failed" in outcomes else "passed" if "passed" in outcomes else "skipped"


def main(tests):
    """Runs [(function, rows, or None where there are none)], prints the figures and exits by them."""
    figures, row_figures = collections.Counter(), collections.Counter()
    for test, rows in tests:
        if rows is None:
            figures[_outcome(test.__name__, test)] += 1
        else:
            outcomes = [_outcome(f"{test.__name__} {row}", test, row) for row in rows]
            row_figures.update(outcomes)
            figures[_together(outcomes)] += 1
    kinds = ("passed", "failed", "skipped")
    print("sceptest:", *(f"{kind}={figures[kind]}" for kind in kinds), *(f"rows_{kind}={row_figures[kind]}" for kind in kinds))
    sys.exit(1 if figures["failed"] else 0)
