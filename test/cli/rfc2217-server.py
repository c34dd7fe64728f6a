"""pyserial's side of a server of RFC 2217 (serial.rfc2217.PortManager), in front of a serial port.

    rfc2217-server.py PATH          prints the TCP port it listens on, and serves one client after another

The port is a pseudo-terminal, which has no control circuits: those pyserial would ask the kernel for are kept here.
Changes of DTR are printed.
"""

import socket
import sys
import threading

import serial
import serial.rfc2217


class Port(serial.Serial):
    cts = dsr = ri = cd = property(lambda self: True)

    def _update_dtr_state(self):
        print("dtr", "on" if self._dtr_state else "off", flush=True)

    def _update_rts_state(self):
        pass


class Connection:
    def __init__(self, wire):
        self.wire = wire
        self.lock = threading.Lock()

    def write(self, octets):
        with self.lock:
            self.wire.sendall(octets)


def serve(wire, port):
    wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection = Connection(wire)
    manager = serial.rfc2217.PortManager(port, connection)
    alive = True

    def to_network():
        while alive:
            octets = port.read(port.in_waiting or 1)
            if octets:
                connection.write(b"".join(manager.escape(octets)))

    reader = threading.Thread(target=to_network, daemon=True)
    reader.start()
    try:
        while octets := wire.recv(4096):
            port.write(b"".join(manager.filter(octets)))
    except ConnectionError:
        pass
    alive = False
    reader.join()


port = Port(sys.argv[1], 1_000_000, timeout=0.05)
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
while True:
    client, _ = listener.accept()
    with client:
        serve(client, port)
