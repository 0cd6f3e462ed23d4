"""What a Python client of the credential socket costs: an ordinary program of its kind, which loads
the standard library's modules for options, mail and encoding at its top, whatever it is asked."""

import argparse
import base64  # noqa: F401
import contextlib
import imaplib  # noqa: F401
import re
import smtplib  # noqa: F401
import socket
import sys

CREDENTIAL = re.compile("user=(.*)\1auth=(.*) (.*)\1\1")


def fetch(path, protocol, user):
    with contextlib.closing(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)) as connection:
        connection.connect(path)
        connection.sendall(f"{protocol} {user}".encode())
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(16384), b"")).decode()


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--proto", default="SMTP", choices=["SMTP", "IMAP"])
    options.add_argument("--user", required=True)
    options.add_argument("--cms_sock", required=True)
    options.add_argument("--output", default="xoauth2", choices=["xoauth2", "token"])
    arguments = options.parse_args()
    answer = fetch(arguments.cms_sock, arguments.proto, arguments.user)
    match = CREDENTIAL.fullmatch(answer)
    if not match:
        sys.exit("no credential")
    print(match.group(3) if arguments.output == "token" else answer)


main()
