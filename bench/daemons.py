"""What a daemon costs: to start, to wait, and with a thousand accounts."""

import statistics
import time

from lab import USER, ask, until

STARTS = 9
IDLE_SECONDS = 20
MOST_RESIDENT = 60.0  # MiB, as the 41 of the original are

# What the original's start takes, in times of what peers/client.py takes: the least of five runs with both.
ORIGINAL_BY_CLIENT = 4.2


def start(daemon):
    """CPU and wall seconds until the first token is there."""
    process = daemon.start()
    until("the first token", lambda: ask(daemon.socket, USER))
    return process.cpu(), time.monotonic() - process.started


def measure(daemon, python_client, original, table):
    """original may be None."""
    ours, theirs = [], []
    for _ in range(STARTS):
        daemon.stop()
        ours.append(start(daemon))
        daemon.serves()
        if original:
            theirs.append(start(original))
            original.stop()
    cpu, wall = (statistics.median(column) * 1000 for column in zip(*ours))
    if original:
        its_cpu, its_wall = (statistics.median(column) * 1000 for column in zip(*theirs))
        table.show("daemon, start to first token: wall, ms", wall, its_wall, wall / its_wall)
    else:
        its_cpu = ORIGINAL_BY_CLIENT * python_client * 1000
        table.show("daemon, start to first token: wall, ms", wall)
    table.show("daemon, start to first token: CPU, ms", cpu, its_cpu, cpu / its_cpu, 1.0)
    time.sleep(2)
    table.show("daemon, after start and refresh: resident, MiB", daemon.process.resident(), bar=MOST_RESIDENT)
    idle(daemon, "daemon", table)


def idle(daemon, name, table):
    before = daemon.process.cpu()
    time.sleep(IDLE_SECONDS)
    spent = (daemon.process.cpu() - before) / IDLE_SECONDS * 1000
    table.show(f"{name}, idle: resident, MiB", daemon.process.resident(),
               bar=MOST_RESIDENT if name == "daemon" else None)
    table.show(f"{name}, idle: CPU, ms per second", spent)
    table.show(f"{name}, idle: threads", daemon.process.threads())


def measure_crowd(lab, table):
    users = [f"user{number}@example.com" for number in range(1000)]
    began = time.monotonic()
    daemon = lab.daemon("crowd", users)
    print(f"(signed in {len(users)} in {time.monotonic() - began:.0f} s)")
    daemon.stop()
    before = lab.cloud.refreshes()
    cpu, _ = start_all(daemon, users)
    table.show("1,000 accounts, first minute: refreshes", lab.cloud.refreshes() - before)
    table.show("1,000 accounts, first minute: CPU, s", cpu)
    idle(daemon, "1,000 accounts", table)
    missing = sum(1 for user in users if not ask(daemon.socket, user))
    table.show("1,000 accounts: without a token", missing, bar=0)


def start_all(daemon, users):
    process = daemon.start()
    time.sleep(60)
    return process.cpu(), process.resident()
