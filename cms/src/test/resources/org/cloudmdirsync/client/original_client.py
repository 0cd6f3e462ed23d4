"""A stand-in for the original client's side of the socket: original_client.py SOCKET

Sends what stands on standard input, closes the write side and takes what one recv gives.
"""
import socket
import sys

with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as daemon:
    daemon.connect(sys.argv[1])
    daemon.sendall(sys.stdin.buffer.read())
    daemon.shutdown(socket.SHUT_WR)
    sys.stdout.buffer.write(daemon.recv(16384))
