"""Token requests on the socket, beside an asyncio server, under the same load in turns."""

import collections
import shutil
import statistics
import subprocess
import sys

from lab import ROOT, USER

SECONDS = 2
ROUNDS = 5
CLIENTS = [1, 16, 256]
THIRD = 1 / 3

Turn = collections.namedtuple("Turn", "name clients requests failed cpu p50 p99")


def compiled(directory):
    """The program that asks."""
    compiler = next((c for c in map(shutil.which, ["cc", "gcc", "musl-gcc"]) if c), None)
    if not compiler:
        sys.exit("bench: no C compiler; install gcc or musl-tools")
    program = directory / "load"
    subprocess.run(
        [compiler, "-O2", "-D_GNU_SOURCE", ROOT / "bench/load.c", "-o", program], check=True)
    return program


def turns(load, servers):
    lines = subprocess.run(
        [load, USER, str(SECONDS), str(ROUNDS), ",".join(map(str, CLIENTS)), *servers],
        stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()
    return [Turn(name, *map(float, numbers)) for name, *numbers in map(str.split, lines)]


def measure(daemon, python, path, table):
    load = compiled(daemon.directory)
    seen = turns(load, [f"ours={daemon.process.pid}={daemon.socket}", f"python={python.pid}={path}"])

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
