"""Who speaks in a run: the server, the clients, and dumpcap, which listens."""
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time

PORT = 18080
SECRET = "secret"
CA_PASSWORD = "throw-away"
PROGRAMS = ["scepserver", "scepclient", "pki", "certmonger", "getcert", "dbus-run-session", "dumpcap", "tshark", "openssl"]


def missing(programs=PROGRAMS):
    return [program for program in programs if shutil.which(program, path=os.environ.get("PATH", "") + ":/usr/sbin") is None]


def run(*command, folder, env=None, timeout=120):
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=timeout, stdin=subprocess.DEVNULL, env=env)


def must(*command, folder, **more):
    done = run(*command, folder=folder, **more)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def url(host="127.0.0.1"):
    return f"http://{host}:{PORT}/scep"


def _await(what, ready, seconds=20):
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            raise RuntimeError(f"{what} did not start")
        time.sleep(0.05)


def _listening():
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", PORT), timeout=1):
        return True
    return False


def stop(process, how=signal.SIGTERM):
    if process.poll() is None:
        process.send_signal(how)
    process.wait(timeout=20)


def make_ca(folder, name):
    """A new CA of that name in folder/depot; its key and certificate as folder/ca.key and folder/ca.pem."""
    must("scepserver", "ca", "-init", "-depot", "depot", "-key-password", CA_PASSWORD, "-keySize", "2048", "-organization", name, folder=folder)
    must("openssl", "rsa", "-in", "depot/ca.key", "-passin", f"pass:{CA_PASSWORD}", "-traditional", "-out", "ca.key", folder=folder)
    must("openssl", "x509", "-in", "depot/ca.pem", "-out", "ca.pem", folder=folder)


@contextlib.contextmanager
def server(folder, *options):
    """scepserver with the CA of that folder."""
    with open(os.path.join(folder, "server.log"), "w") as log:
        process = subprocess.Popen(["scepserver", "-depot", "depot", "-port", str(PORT), "-challenge", SECRET, "-capass", CA_PASSWORD, "-allowrenew", "0",
                                    *options], cwd=folder, stdout=log, stderr=log)
    try:
        _await("scepserver", lambda: process.poll() is not None or _listening())
        if process.poll() is not None:
            raise RuntimeError(f"scepserver: {open(os.path.join(folder, 'server.log')).read()}")
        yield process
    finally:
        stop(process)


@contextlib.contextmanager
def capture(path):
    """dumpcap on loopback."""
    log_path = path + ".log"
    with open(log_path, "w") as log:
        process = subprocess.Popen(["dumpcap", "-q", "-i", "lo", "-f", f"tcp port {PORT}", "-w", path], stdout=log, stderr=log)
    try:
        _await("dumpcap", lambda: "File:" in open(log_path).read() or process.poll() is not None)
        if process.poll() is not None:
            raise RuntimeError(f"dumpcap: {open(log_path).read()}")
        yield
        time.sleep(1)  # the last packets leave the kernel's ring late
    finally:
        stop(process, signal.SIGINT)


def scepclient(folder, *options, challenge=SECRET, host="127.0.0.1"):
    return run("scepclient", "-private-key", "client.key", "-certificate", "client.pem", "-server-url", url(host), "-challenge", challenge,
               "-organization", "Throw-away", "-ou", "Lab", *options, folder=folder)


def strongswan(folder, *options):
    """pki --scep: enrols client.key."""
    must("openssl", "genrsa", "-out", "client.key", "2048", folder=folder)
    return run("pki", "--scep", "--url", url(), "--in", "client.key", "--dn", "C=US, O=Throw-away, CN=strongswan", "--password", SECRET,
               "--cacert-enc", "ca.pem", "--cacert-sig", "ca.pem", *options, "--outform", "pem", folder=folder)


def certmonger(folder, challenge=SECRET):
    """The daemon on a bus of its own, which starts it; gives what `getcert list` says at the end."""
    home = os.path.join(folder, "home")
    os.makedirs(home)
    script = """
        getcert add-scep-ca -s -c lab -u "$1" -N "$2/ca.pem" -r "$2/ca.pem"
        getcert request -s -c lab -k "$2/client.key" -f "$2/client.pem" -N CN=certmonger -L "$3" -w --wait-timeout 30
        getcert list -s"""
    env = {"HOME": home, "PATH": os.environ["PATH"] + ":/usr/sbin", "XDG_RUNTIME_DIR": home, "TMPDIR": home}
    return run("dbus-run-session", "--", "sh", "-c", script, "sh", url(), folder, challenge, folder=folder, env=env)
