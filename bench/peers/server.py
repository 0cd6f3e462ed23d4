"""What a Python server of the credential socket costs: asyncio, and a regular expression.

Usage: server.py SOCKET USER TOKEN_LENGTH"""

import asyncio
import re
import sys
import time

REQUEST = re.compile(r"([^ ,]+)(?:,(\S+))? (\S+@\S+)")
PROTOCOLS = {"SMTP", "IMAP"}


class Account:
    def __init__(self, user, token):
        self.user = user
        self.token = token
        self.expires_at = time.time() + 3600

    async def credential(self):
        if time.time() > self.expires_at - 10:
            raise RuntimeError("expired")
        return f"user={self.user}\1auth=Bearer {self.token}\1\1"


class Server:
    def __init__(self, accounts):
        self.accounts = {account.user: account for account in accounts}

    async def answer(self, reader, writer):
        try:
            match = REQUEST.match((await reader.read()).decode())
            if match and match.group(1) in PROTOCOLS:
                account = self.accounts.get(match.group(3))
                if account:
                    writer.write((await account.credential()).encode())
                    await writer.drain()
        finally:
            writer.close()


async def main(path, user, length):
    server = Server([Account(user, "x" * int(length))])
    listener = await asyncio.start_unix_server(server.answer, path)
    async with listener:
        await listener.serve_forever()


asyncio.run(main(*sys.argv[1:]))
