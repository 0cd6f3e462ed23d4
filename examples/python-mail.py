#!/usr/bin/env python3
"""Mail by Python's own library with OAuth tokens from cloud-mdir-sync.

python-mail.py read              prints the first message of the inbox
python-mail.py send TO <FILE     sends a message
Replace 1000 by your uid (id -u), the address and the hosts. docs/others.md explains it.
"""

import imaplib
import smtplib
import ssl
import subprocess
import sys

USER = "user@domain.com"
IMAP = "outlook.office365.com", 993
SMTP = "smtp.office365.com", 587


def xoauth2(protocol):
    command = ["cms-oauth", "--user=" + USER, "--cms_sock=/run/user/1000/cms.sock", "--proto=" + protocol]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(done.returncode)  # cms-oauth has said why
    return done.stdout.rstrip("\n")


def once(words):
    """To a refusal with an explanation in it the answer is an empty line."""
    replies = iter([words])
    return lambda challenge=None: next(replies, "")


def read():
    words = xoauth2("IMAP")
    with imaplib.IMAP4_SSL(*IMAP, ssl_context=ssl.create_default_context(), timeout=60) as imap:
        imap.authenticate("XOAUTH2", once(words.encode()))
        imap.select("INBOX", readonly=True)
        sys.stdout.buffer.write(imap.fetch("1", "(BODY.PEEK[])")[1][0][1])


def send(to):
    words = xoauth2("SMTP")
    with smtplib.SMTP(*SMTP, timeout=60) as smtp:
        smtp.starttls(context=ssl.create_default_context())
        smtp.ehlo()
        smtp.auth("XOAUTH2", once(words), initial_response_ok=False)
        smtp.sendmail(USER, to, sys.stdin.buffer.read())


if sys.argv[1:] == ["read"]:
    read()
elif len(sys.argv) == 3 and sys.argv[1] == "send":
    send(sys.argv[2])
else:
    sys.exit(__doc__)
