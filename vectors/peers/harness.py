"""The runner's side of the harness contract (../README.md): an adapter, and what it says of a case."""
import json
import os
import select
import shlex
import signal
import subprocess
import time


class Fault(Exception):
    """The adapter breaks the contract: nothing that it says counts."""


# What a case has of what is expected: no adapter is told.
EXPECTED = ("name", "comment", "flags", "result", "fields", "plaintext", "where", "findings")
RESULTS = ("accept", "reject", "skip")


def cases(document):
    """Each test of a document of v1, and what its adapter is asked."""
    for group in document["testGroups"]:
        shared = {name: value for name, value in group.items() if name != "tests"}
        for test in group["tests"]:
            yield group, test, {name: value for name, value in (shared | test).items() if name not in EXPECTED}


class Adapter:
    def __init__(self, name, command, limit=10, start_limit=60, environment=None, verbose=False):
        self.name = name
        self.command = shlex.split(command)
        self.limit = limit
        self.start_limit = start_limit  # of the first case after a start
        self.environment = environment
        self.errors = None if verbose else subprocess.DEVNULL
        self.process = None
        self.held = b""

    def version(self):
        try:
            run = subprocess.run([*self.command, "--version"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self.errors,
                                 timeout=self.start_limit, env=self.environment, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise Fault(f"{self.name}: --version: {error}") from None
        lines = run.stdout.decode(errors="replace").splitlines()
        if run.returncode != 0 or len(lines) != 1 or not lines[0].strip():
            raise Fault(f"{self.name}: --version does not print one line: exit code {run.returncode}")
        return lines[0].strip()

    def ask(self, case):
        """The answer; {"result": "crash"} or {"result": "hang"} where there is none."""
        limit = self.limit
        if self.process is None:
            self.start()
            limit = self.start_limit
        try:
            until = time.monotonic() + limit
            self.write(json.dumps(case).encode() + b"\n", until)
            line = self.line(until)
        except BrokenPipeError:
            line = None
        except TimeoutError:
            self.kill()
            return {"result": "hang"}
        if line is None:
            self.kill()
            return {"result": "crash"}
        return self.judged(case, line)

    def end(self):
        """Every adapter ends by itself, with 0, when its input does."""
        if self.process is None:
            return
        self.process.stdin.close()
        try:
            code = self.process.wait(self.start_limit)
        except subprocess.TimeoutExpired:
            self.kill()
            raise Fault(f"{self.name}: it does not end") from None
        rest = self.held + self.process.stdout.read()
        self.kill()
        if code != 0 or rest:
            raise Fault(f"{self.name}: at the end: exit code {code}, {len(rest)} octets of output")

    def start(self):
        self.held = b""
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors,
                                        env=self.environment, start_new_session=True)

    def kill(self):
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            try:
                stream.close()
            except BrokenPipeError:
                pass
        self.process = None

    def write(self, octets, until):
        os.set_blocking(self.process.stdin.fileno(), False)
        while octets:
            _, ready, _ = select.select([], [self.process.stdin], [], max(0, until - time.monotonic()))
            if not ready:
                raise TimeoutError
            octets = octets[os.write(self.process.stdin.fileno(), octets):]

    def line(self, until):
        """The next line; None where the output ends first."""
        while b"\n" not in self.held:
            ready, _, _ = select.select([self.process.stdout], [], [], max(0, until - time.monotonic()))
            if not ready:
                raise TimeoutError
            octets = os.read(self.process.stdout.fileno(), 1 << 16)
            if not octets:
                return None
            self.held += octets
        line, _, self.held = self.held.partition(b"\n")
        return line

    def judged(self, case, line):
        def fault(why):
            self.kill()
            raise Fault(f"{self.name}: {case['id']}: {why}: {line[:200].decode(errors='replace')}")
        try:
            answer = json.loads(line)
        except ValueError:
            fault("not JSON")
        if (not isinstance(answer, dict) or answer.get("id") != case["id"] or answer.get("result") not in RESULTS
                or not isinstance(answer.get("fields", {}), dict)):
            fault("not an answer to this case")
        if self.held:
            fault("more than one line")
        return answer


def verdict(test, answer):
    """accept, reject, skip, crash or hang; "wrong" where something is accepted, but not as what it is."""
    if answer["result"] != "accept" or test["result"] == "invalid":
        return answer["result"]
    fields = test.get("fields", {})
    told = answer.get("fields", {})
    same = all(told[name] == fields[name] for name in told.keys() & fields.keys())
    if "plaintext" in test and "plaintext" in answer:
        same = same and answer["plaintext"] == test["plaintext"]
    return "accept" if same else "wrong"
