"""A stand-in for the original daemon's side of the socket: original_daemon.py SOCKET REPLY

Reads every request to the end of file, whatever it is, and writes REPLY in the pieces "|" makes.
"""
import asyncio
import sys


async def serve(path, pieces):
    async def answer(reader, writer):
        await reader.read()
        for piece in pieces:
            writer.write(piece.encode())
            await writer.drain()
            await asyncio.sleep(0.02)
        writer.close()

    server = await asyncio.start_unix_server(answer, path)
    print("listening", flush=True)
    await server.serve_forever()


asyncio.run(serve(sys.argv[1], sys.argv[2].split("|")))
