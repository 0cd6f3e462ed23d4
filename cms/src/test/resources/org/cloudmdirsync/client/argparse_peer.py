"""Says what Python's argparse makes of command lines: the options as the original declares them.

Reads JSON arrays of words, one per line; writes for each "help", "error: ..." or the values.
"""
import argparse
import contextlib
import io
import json
import sys


def declared():
    parser = argparse.ArgumentParser(prog="cms-oauth")
    parser.add_argument("--version", action="store_true")  # ours; takes part in abbreviations
    parser.add_argument("--proto", default="SMTP", choices=["SMTP", "IMAP"])
    parser.add_argument("--user", required=True)
    parser.add_argument("--cms_sock")
    parser.add_argument("--output", default="xoauth2", choices=["xoauth2", "xoauth2-b64", "token"])
    parser.add_argument("--no_newline", action="store_true")
    trial = parser.add_mutually_exclusive_group()
    trial.add_argument("--test-smtp")
    trial.add_argument("--test-imap")
    return parser


def outcome(words):
    complaint = io.StringIO()
    with contextlib.redirect_stderr(complaint), contextlib.redirect_stdout(io.StringIO()):
        try:
            values = declared().parse_args(words)
        except SystemExit as end:
            if end.code == 0:
                return "help"
            return "error: " + complaint.getvalue().split("error: ", 1)[1].strip()
    proto = "SMTP" if values.test_smtp else "IMAP" if values.test_imap else values.proto
    return " ".join(
        [
            proto,
            values.user,
            repr(values.cms_sock),
            values.output,
            "bare" if values.no_newline else "line",
            "smtp=%s" % values.test_smtp,
            "imap=%s" % values.test_imap,
        ]
    )


for line in sys.stdin:
    print(outcome(json.loads(line)))
