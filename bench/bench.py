"""Measures the built programs and fails where a promise of the README is broken.

Usage: bench.py [clients] [sockets] [daemon] [crowd]; all of it by default, in about four minutes.
$CMS_ORIGINAL may name a checkout of the original in Python, whose start is measured then, not estimated."""

import os
import sys

import clients
import daemons
import sockets
from lab import USER, Lab
from original import Original
from table import Table


def main(wanted):
    table = Table()
    with Lab() as lab:
        table.head("what", "ours", "Python", "ratio", "bar", "")
        daemon = lab.daemon("daemon", [USER])
        client = clients.measure(daemon, table)
        if "daemon" in wanted:
            checkout = os.environ.get("CMS_ORIGINAL")
            original = Original(checkout, lab) if checkout else None
            daemons.measure(daemon, client, original, table)
        if "sockets" in wanted:
            sockets.measure(daemon, *lab.python_server(), table)
            table.show("daemon, after the load: resident, MiB", daemon.process.resident())
        if "crowd" in wanted:
            daemons.measure_crowd(lab, table)
    print(f"{table.broken} broken" if table.broken else "every bar holds")
    return 1 if table.broken else 0


sys.exit(main(sys.argv[1:] or ["daemon", "sockets", "crowd"]))
