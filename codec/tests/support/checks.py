"""Test functions of a Python test program, and the line of figures that ./dev test adds up.

A function fails by an exception. One that gives rows yields (name, callable); each row is a test of the same function.
"""
import functools
import sys
import traceback


class Skip(Exception):
    pass


def rows(test, values):
    """A function that calls `test` with each value, as a row each."""
    def function():
        return [(str(value), functools.partial(test, value)) for value in values]
    function.__name__ = test.__name__
    return function


def run(*functions):
    count = dict.fromkeys(("passed", "failed", "skipped", "rows_passed", "rows_failed", "rows_skipped"), 0)

    def outcome(name, call):
        try:
            return "passed", call()
        except Skip as reason:
            print(f"skipped: {name}: {reason}")
            return "skipped", None
        except Exception:
            print(f"failed: {name}")
            traceback.print_exc(file=sys.stdout)
            return "failed", None

    for function in functions:
        result, each = outcome(function.__name__, lambda function=function: list(function() or ()))
        outcomes = []
        for name, call in each or ():
            outcomes.append(outcome(f"{function.__name__}: {name}", call)[0])
            count["rows_" + outcomes[-1]] += 1
        if "failed" in outcomes:
            result = "failed"
        elif outcomes and "passed" not in outcomes:
            result = "skipped"
        count[result] += 1
    print("sceptest:", *(f"{name}={value}" for name, value in count.items()), flush=True)
    sys.exit(1 if count["failed"] else 0)
