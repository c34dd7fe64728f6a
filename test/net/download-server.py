"""Answers GET /random/N with N octets, as linkpulse's web service does, by a congestion control of the kernel's.

download-server.py PORT CONGESTION
"""
import socket
import sys
import threading

port, congestion = int(sys.argv[1]), sys.argv[2]


def serve(connection):
    with connection:
        request = b""
        while b"\r\n\r\n" not in request:
            more = connection.recv(4096)
            if not more:
                return
            request += more
        octets = int(request.split()[1].rsplit(b"/", 1)[1])
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % octets)
        connection.sendall(bytes(octets))
        connection.shutdown(socket.SHUT_WR)
        connection.recv(1)


listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, congestion.encode())
listener.bind(("", port))
listener.listen(128)
while True:
    connection, _ = listener.accept()
    used = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, 16).rstrip(b"\0").decode()
    assert used == congestion, used
    threading.Thread(target=serve, args=(connection,), daemon=True).start()
