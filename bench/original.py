"""The original in Python itself, from a checkout of it, at the same pretend cloud.

Its cached refresh token lives in the Secret Service, so it has a session bus and a GNOME Keyring of its own,
whose work is not counted. Its provider's address is written into its source: it runs from a copy."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from lab import PATIENCE, USER, Process, ask, until

PYTHON = "/usr/bin/python3"  # has what it imports as packages, where other Pythons need their own
PROVIDER = "https://login.microsoftonline.com"


class Original:
    """A daemon for USER in a directory of the lab; signed in, and stopped."""

    def __init__(self, checkout, lab):
        self.directory, self.cloud = directory, cloud = lab.directory / "original", lab.cloud
        directory.mkdir()
        self.socket = directory / "cms.sock"
        (directory / "db").mkdir()
        (directory / "cms.cfg").write_text(
            f'account = Office365_Account(user="{USER}")\n'
            f'CredentialServer("{self.socket}", accounts=[account])\n'
            f'cfg.message_db_dir = "{directory}/db"\n')
        shutil.copytree(Path(checkout) / "cloud_mdir_sync", directory / "cloud_mdir_sync")
        for source in (directory / "cloud_mdir_sync").glob("*.py"):
            source.write_text(source.read_text().replace(PROVIDER, cloud.addresses["https"].rstrip("/")))
        self.environment = {
            "HOME": str(directory), "XDG_RUNTIME_DIR": str(directory), "PYTHONPATH": str(directory),
            "SSL_CERT_FILE": str(cloud.authorities), "BROWSER": f"{self.browser()} %s",
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={directory}/bus"}
        lab.running.append(self.session_bus())
        self.unlock_keyring()
        self.start()
        lab.running.append(self)
        until("the original's first token", lambda: ask(self.socket, USER))
        self.stop()

    def browser(self):
        program = self.directory / "browser"
        program.write_text(f'#!/bin/sh\nexec curl -sSLo /dev/null --cacert {self.cloud.addresses["ca-file"]} "$1" &\n')
        program.chmod(0o755)
        return program

    def session_bus(self):
        address = self.environment["DBUS_SESSION_BUS_ADDRESS"]
        bus = Process(["dbus-daemon", "--session", "--nofork", "--address", address], self.directory / "bus.log")
        until("a session bus", (self.directory / "bus").exists)
        return bus

    def unlock_keyring(self):
        """It ends with its bus."""
        subprocess.run(["gnome-keyring-daemon", "--unlock", "--components=secrets"], input=b"pretend", check=True,
                       stdout=subprocess.DEVNULL, env=os.environ | self.environment, timeout=PATIENCE)

    def start(self):
        self.process = Process(
            [PYTHON, "-m", "cloud_mdir_sync.main", "-c", self.directory / "cms.cfg"],
            self.directory / f"log-{time.monotonic_ns()}", self.environment)
        return self.process

    def stop(self):
        self.process.child.send_signal(signal.SIGINT)  # the only signal it ends well on
        self.process.child.wait(PATIENCE)
