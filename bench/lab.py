"""The programs under measurement, and what /proc says of them."""

import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / "dist/target/cms/bin"
PEERS = ROOT / "bench/peers"
USER = "ann@example.com"
PATIENCE = 30  # seconds; whatever takes longer is broken, not slow


def until(what, condition, pause=0.002):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(pause)
    sys.exit(f"bench: waited {PATIENCE} s in vain for {what}")


def trusted(cloud_authority, directory):
    """A machine's usual authorities and the simulator's: a daemon reads some hundred and forty."""
    usual = Path("/etc/ssl/certs/ca-certificates.crt")
    bundle = directory / "authorities.pem"
    bundle.write_bytes(
        (usual.read_bytes() if usual.exists() else b"") + Path(cloud_authority).read_bytes())
    return bundle


class Process:
    """A server under measurement."""

    def __init__(self, command, log, environment=None):
        self.log = Path(log)
        with open(log, "ab") as out:
            self.started = time.monotonic()
            self.child = subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                env=os.environ | (environment or {}))
        self.pid = self.child.pid

    def cpu(self):
        """Seconds so far; the shell that became the program is included. clock_getcpuclockid(3) has the number
        of a process's clock; /proc would tell tens of milliseconds, rounded down twice."""
        return time.clock_gettime(~self.pid << 3 | 2)

    def status(self, name):
        return int(re.search(rf"^{name}:\s+(\d+)", Path(f"/proc/{self.pid}/status").read_text(), re.M)[1])

    def resident(self):
        """MiB."""
        return self.status("VmRSS") / 1024

    def threads(self):
        return self.status("Threads")

    def says(self, words):
        until(f"'{words}' in {self.log}", lambda: words in self.log.read_text())

    def stop(self):
        self.child.terminate()
        self.child.wait(PATIENCE)


def ask(path, user):
    """One request on a credential socket; empty when nobody listens or nothing is known."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        try:
            connection.connect(str(path))
            connection.sendall(f"SMTP {user}".encode())
            connection.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: connection.recv(65536), b""))
        except OSError:
            return b""


class Cloud:
    """The simulator, in which everybody who wants to sign in may."""

    def __init__(self, directory):
        log = directory / "cloud.log"
        self.process = Process([BIN / "cloud-mdir-sync", "simulator"], log)
        self.process.says("Ctrl-C ends it")
        self.admin = re.search(r"^\s+admin\s+(\S+)", log.read_text(), re.M)[1]
        self.addresses = json.loads(self.get("addresses"))
        self.authorities = trusted(self.addresses["ca-file"], directory)
        self.browser = urllib.request.build_opener(
            urllib.request.HTTPSHandler(
                context=ssl.create_default_context(cafile=self.addresses["ca-file"])))
        self.set({"auto-approve": True})

    def get(self, path):
        with urllib.request.urlopen(f"{self.admin}/{path}") as answer:
            return answer.read()

    def set(self, switches):
        urllib.request.urlopen(f"{self.admin}/switches", json.dumps(switches).encode()).close()

    def refreshes(self):
        return json.loads(self.get("counters")).get("refreshes", 0)


class Daemon:
    """The daemon as it is run, with so many accounts."""

    def __init__(self, directory, cloud, users):
        directory.mkdir()
        self.directory, self.cloud, self.users = directory, cloud, users
        self.socket = directory / "cms.sock"
        self.environment = {
            "SSL_CERT_FILE": str(cloud.authorities), "SSL_CERT_DIR": "", "BROWSER": "true",
            "HOME": str(directory), "XDG_CONFIG_HOME": str(directory)}
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.web = f"http://127.0.0.1:{free.getsockname()[1]}/"
        (directory / "cms.cfg").write_text(self.configuration())

    def configuration(self):
        accounts = ",\n".join(
            f'    Office365_Account(user="{user}", authority="{self.cloud.addresses["https"]}")'
            for user in self.users)
        return (f'CredentialServer("{self.socket}", accounts=[\n{accounts}])\n'
                f'cfg.web_url = "{self.web}"\ncfg.state_dir = "{self.directory}/state"\n')

    def start(self):
        log = self.directory / f"daemon-{time.monotonic_ns()}.log"
        self.process = Process(
            [BIN / "cloud-mdir-sync", "-c", self.directory / "cms.cfg"], log, self.environment)
        return self.process

    def serves(self):
        self.process.says("sign-in page at")

    def sign_in(self, user):
        page = f"{self.web}sign-in?user={urllib.parse.quote(user)}"
        with self.cloud.browser.open(page) as answer:
            answer.read()
        if not ask(self.socket, user):
            sys.exit(f"bench: no token for {user} after the sign-in; see {self.process.log}")

    def stop(self):
        self.process.stop()


class Lab:
    """A directory of our own; gone afterwards, and everything that runs in it stopped."""

    def __enter__(self):
        self.directory = Path(tempfile.mkdtemp(prefix="bench"))
        self.cloud = Cloud(self.directory)
        self.running = [self.cloud.process]
        return self

    def daemon(self, name, users):
        daemon = Daemon(self.directory / name, self.cloud, users)
        self.running.append(daemon)
        daemon.start()
        daemon.serves()
        for user in users:
            daemon.sign_in(user)
        return daemon

    def python_server(self):
        path = self.directory / "python.sock"
        server = Process(
            [sys.executable, PEERS / "server.py", path, USER, "1600"], self.directory / "python.log")
        self.running.append(server)
        until("the Python server", lambda: ask(path, USER))
        return server, path

    def __exit__(self, *_):
        for process in reversed(self.running):
            process.stop()
        shutil.rmtree(self.directory)
