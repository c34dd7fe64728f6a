"""Datagrams of many sizes to a UDP echo server: each must come back once, octet for octet.

    udp-echo.py ADDRESS PORT            prints how many were sent, and every one that did not come back as it went
    udp-echo.py ADDRESS PORT closed     prints "refused" when the port is said to be closed
"""

import socket
import sys

PATTERN = bytes((i * 7 + (i >> 8) * 13 + 65) & 0xFF for i in range(65536))
# Around what one frame and two frames hold, and up to the largest there is
SIZES = [*range(0, 64), *range(1440, 1500), *range(2900, 3000), *range(5, 65507, 997), 65506, 65507]


def main(address, port, closed):
    wire = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    wire.settimeout(3)
    wire.connect((address, port))
    if closed:
        wire.send(b"anybody there?")
        try:
            wire.recv(1)
        except ConnectionRefusedError:
            print("refused")
        return 0
    wrong = []
    for size in SIZES:
        wire.send(PATTERN[:size])
        try:
            answer = wire.recv(70000)
            if answer != PATTERN[:size]:
                wrong.append("%d: came back altered, %d octets" % (size, len(answer)))
        except OSError as error:
            wrong.append("%d: %s" % (size, error))
    print("%d sent, %d wrong" % (len(SIZES), len(wrong)))
    for line in wrong[:20]:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), len(sys.argv) > 3))
