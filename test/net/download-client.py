"""Fetches /random/N so many times at once, and prints how many seconds it took from the first connect to the last octet.

download-client.py ADDRESS PORT OCTETS COUNT
"""
import socket
import sys
import threading
import time

address, port, octets, count = sys.argv[1], *map(int, sys.argv[2:])
failed = []


def fetch():
    try:
        with socket.create_connection((address, port)) as connection:
            connection.sendall(b"GET /random/%d HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n" % (octets, address.encode()))
            head = b""
            while b"\r\n\r\n" not in head:
                more = connection.recv(65536)
                if not more:
                    raise EOFError("no head")
                head += more
            body = len(head.split(b"\r\n\r\n", 1)[1])
            while body < octets:
                more = connection.recv(65536)
                if not more:
                    raise EOFError(f"{body} of {octets} octets")
                body += len(more)
    except Exception as error:
        failed.append(f"{type(error).__name__}: {error}")


began = time.monotonic()
threads = [threading.Thread(target=fetch) for _ in range(count)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(f"{time.monotonic() - began:.4f}")
if failed:
    sys.exit("; ".join(failed))
