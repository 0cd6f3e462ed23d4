"""Token requests on the socket, beside an asyncio server, under the same load in turns."""

import collections
import os
import statistics
import subprocess

from lab import ROOT, USER

SECONDS = 2
ROUNDS = 3
CLIENTS = [1, 16, 256]
THIRD = 1 / 3

Turn = collections.namedtuple("Turn", "name clients requests failed cpu p50 p99")


def turns(servers):
    java = os.path.join(os.environ["JAVA_HOME"], "bin/java")
    lines = subprocess.run(
        [java, "-XX:+UseSerialGC", ROOT / "bench/Load.java", USER, str(SECONDS), str(ROUNDS),
         ",".join(map(str, CLIENTS)), *servers],
        stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()
    return [Turn(name, *map(float, numbers)) for name, *numbers in map(str.split, lines)]


def measure(daemon, python, path, table):
    seen = turns([f"ours={daemon.process.pid}={daemon.socket}", f"python={python.pid}={path}"])

    def median(name, clients, field):
        return statistics.median(
            getattr(turn, field) for turn in seen if (turn.name, turn.clients) == (name, clients))

    def row(what, clients, field, scale, bar):
        ours, theirs = (median(name, clients, field) * scale for name in ["ours", "python"])
        table.show(f"socket, {clients} clients: {what}", ours, theirs, ours / theirs, bar)

    for clients in CLIENTS:
        row("requests/s", clients, "requests", 1 / SECONDS, None)
        row("CPU each, µs", clients, "cpu", 1, THIRD)
        row("p50, ms", clients, "p50", 1e-3, None)
        row("p99, ms", clients, "p99", 1e-3, THIRD if clients == 256 else None)
    failed = [int(sum(turn.failed for turn in seen if turn.name == name)) for name in ["ours", "python"]]
    table.show("socket: failed", failed[0], failed[1], bar=0)
