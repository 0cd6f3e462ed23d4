"""What a daemon costs: to start, to wait, and with a thousand accounts."""

import statistics
import time

from lab import USER, ask, until

STARTS = 9
IDLE_SECONDS = 20
MOST_RESIDENT = 60.0  # MiB, as the 41 of the original are

# The original, from its start to the first token out of a cached refresh token, and its own client on
# the same machine. What its start would take here follows from what its client's like takes here.
ORIGINAL_START = 0.27  # s of CPU
ORIGINAL_CLIENT = 0.076  # s of CPU


def start(daemon):
    """CPU and wall seconds until the first token is there."""
    process = daemon.start()
    until("the first token", lambda: ask(daemon.socket, USER))
    return process.cpu(), time.monotonic() - process.started


def measure(daemon, python_client, table):
    starts = []
    for _ in range(STARTS):
        daemon.stop()
        starts.append(start(daemon))
        daemon.serves()
    cpu, wall = (statistics.median(column) * 1000 for column in zip(*starts))
    original = ORIGINAL_START * python_client / ORIGINAL_CLIENT * 1000
    table.show("daemon, start to first token: CPU, ms", cpu, original, cpu / original, 1.0)
    table.show("daemon, start to first token: wall, ms", wall)
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
