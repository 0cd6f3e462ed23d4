"""cms-oauth --output=token, the whole process, beside a Python client of the same socket."""

import os
import statistics
import subprocess
import sys
import time

from lab import BIN, PEERS, USER

ROUNDS = 40


def run(command):
    """Wall and CPU seconds from fork to exit."""
    start = time.perf_counter()
    pid = os.posix_spawn(
        command[0], command, os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)])
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    if status:
        sys.exit(f"bench: {command} ended with {os.waitstatus_to_exitcode(status)}")
    return wall, usage.ru_utime + usage.ru_stime


def resident(command):
    """MiB at most. Not from wait4: what is forked from a big program counts as big as that one."""
    timed = subprocess.run(
        ["/usr/bin/time", "-f", "%M", *command],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True)
    return int(timed.stderr) / 1024


def measure(daemon, table):
    """Returns the Python client's CPU seconds, by which this machine can be compared to others."""
    arguments = [f"--cms_sock={daemon.socket}", f"--user={USER}", "--output=token"]
    python = [sys.executable, str(PEERS / "client.py"), *arguments]
    native = [str(BIN / "cms-oauth"), *arguments]
    jvm = [str(BIN / "cms-oauth-jvm"), *arguments]
    programs = [python, native, jvm] if not (BIN / "cms-oauth").is_symlink() else [python, jvm]
    for command in programs:
        run(command)
    rounds = [[run(command) for command in programs] for _ in range(ROUNDS)]
    for index, command in list(enumerate(programs))[1:]:
        name, bar = ("native", 0.05) if command is native else ("JVM", 0.8)
        for kind, what in enumerate(["wall", "CPU"]):
            ours = statistics.median(turn[index][kind] for turn in rounds) * 1000
            theirs = statistics.median(turn[0][kind] for turn in rounds) * 1000
            ratio = statistics.median(turn[index][kind] / turn[0][kind] for turn in rounds)
            table.show(f"cms-oauth, {name}: {what}, ms", ours, theirs, ratio, bar)
        table.show(f"cms-oauth, {name}: resident, MiB", resident(command), resident(python),
                   bar=4.0 if command is native else None)
    return statistics.median(turn[0][1] for turn in rounds)
