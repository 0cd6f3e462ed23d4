#!/usr/bin/env python3
"""Asks each shell what it would complete, and compares that with what --help names.

completions.py PROGRAMS, the directory of the built programs. A shell that is not installed is left out,
but not with CI=true."""
import functools
import os
import pathlib
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time

FILES = pathlib.Path(__file__).parent.parent / "completions"
COMMANDS = ["status", "login", "logout", "refresh", "reload", "events", "log-level", "metrics", "check", "doctor", "import",
            "export", "demo", "simulator"]
LINES = ["cms-oauth", "cloud-mdir-sync", *(f"cloud-mdir-sync {command}" for command in COMMANDS)]


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout


def bash(line):
    words = line.split()
    return run("bash", "-c", '. "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); "_${1//-/_}"; echo "${COMPREPLY[@]}"',
               str(FILES / f"{words[0]}.bash"), *words, "" if line.endswith(" ") else words.pop())


def fish(line):
    return run("fish", "-N", "-c", f"source {FILES}/{line.split()[0]}.fish; complete -C '{line}'")


def zsh(line):
    """A terminal and a person at it: the completion system runs nowhere else."""
    with tempfile.TemporaryDirectory() as functions:
        for name in ("cms-oauth", "cloud-mdir-sync"):
            shutil.copy(FILES / f"{name}.zsh", f"{functions}/_{name}")
        child, terminal = pty.fork()
        if child == 0:
            os.execvpe("zsh", ["zsh", "-f"], dict(os.environ, TERM="dumb", COLUMNS="200"))
        os.write(terminal, f"stty rows 200 cols 200; fpath=({functions} $fpath); autoload -U compinit; compinit -u -D;"
                 " LISTMAX=999; setopt nobeep noautomenu; bindkey '^I' list-choices; PS1='rea''dy> '\n".encode())
        read(terminal, "ready> ")
        os.write(terminal, (line + "\t").encode())
        said = read(terminal, "ready> " + line)
        os.close(terminal)
        os.waitpid(child, 0)
        return said.replace(line, "", 1)


def read(terminal, until):
    said, end = "", time.monotonic() + 20
    while time.monotonic() < end and until not in said:
        if select.select([terminal], [], [], 0.1)[0]:
            said += os.read(terminal, 65536).decode(errors="replace")
    return said


def words(text):
    return set(re.findall(r"(?<![\w-])--?[A-Za-z][\w-]*|(?<![\w-])[a-z]+(?:-[a-z]+)?", text))


@functools.cache
def named_by_help(programs, line):
    help_text = run(f"{programs}/{line.split()[0]}", *line.split()[1:], "--help")
    options = {w for w in re.findall(r"(?<![\w-])(?:--[a-z][\w-]+|-[a-zA-Z](?![\w-]))", help_text)}
    commands = set(re.findall(r"^  ([a-z-]+)  ", help_text.partition("Commands:")[2], re.M))
    return options, commands


def main():
    failures = 0
    for shell in (bash, zsh, fish):
        if not shutil.which(shell.__name__):
            print(f"completions: no {shell.__name__} here: left out", file=sys.stderr)
            failures += os.environ.get("CI") == "true"
            continue
        for line in LINES:
            options, commands = named_by_help(sys.argv[1], line)
            missing = options - words(shell(line + " -"))
            if commands:
                missing |= commands - words(shell(line + " "))
            if missing or not options:
                failures += 1
                print(f"completions: {shell.__name__} does not offer after '{line}': {sorted(missing)}", file=sys.stderr)
    print(f"completions: {len(LINES)} command lines in each shell")
    return failures > 0


sys.exit(main())
