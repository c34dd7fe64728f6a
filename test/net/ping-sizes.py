"""Echoes of many sizes through the kernel's own stack: each must come back once, octet for octet.

    ping-sizes.py ADDRESS FROM TO STEP      prints how many were sent, and every one that did not come back as it went
"""

import os
import select
import socket
import struct
import sys
import time

ECHO, ECHO_REPLY = 8, 0
HEADER = struct.Struct("!BBHHH")
IDENTIFIER = os.getpid() & 0xFFFF
PATTERN = bytes((i * 7 + (i >> 8) * 13 + 65) & 0xFF for i in range(65536))
# Echoes on their way at once, and how long each may take, in seconds
AT_ONCE, PATIENCE = 2, 5.0


def main(address, sizes):
    wire = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
    wire.connect((address, 0))
    waiting, wrong, sent = {}, [], 0
    sizes = iter(sizes)
    following = next(sizes, None)
    while following is not None or waiting:
        while following is not None and len(waiting) < AT_ONCE:
            sequence = following & 0xFFFF
            data = PATTERN[:following]
            head = HEADER.pack(ECHO, 0, 0, IDENTIFIER, sequence)
            packet = HEADER.pack(ECHO, 0, fast_sum(head, following), IDENTIFIER, sequence) + data
            wire.send(packet)
            waiting[sequence] = (following, time.monotonic())
            sent += 1
            following = next(sizes, None)
        readable, _, _ = select.select([wire], [], [], PATIENCE)
        if not readable:
            wrong += ["%d: no answer" % size for size, _ in waiting.values()]
            waiting.clear()
            continue
        answer = wire.recv(70000)[20:]
        kind, _, _, identifier, sequence = HEADER.unpack_from(answer)
        if kind != ECHO_REPLY or identifier != IDENTIFIER:
            continue
        size, _ = waiting.pop(sequence, (None, None))
        if size is None:
            wrong.append("%d: came back twice" % sequence)
        elif answer[8:] != PATTERN[:size]:
            wrong.append("%d: came back altered, %d octets" % (size, len(answer) - 8))
    print("%d sent, %d wrong" % (sent, len(wrong)))
    for line in wrong[:20]:
        print(line)
    return 1 if wrong else 0


# Sums of the words of PATTERN up to each even place
SUMS = [0]
for at in range(0, len(PATTERN), 2):
    SUMS.append(SUMS[-1] + (PATTERN[at] << 8 | PATTERN[at + 1]))


def fast_sum(head, size):
    total = SUMS[size // 2] + sum(struct.unpack("!4H", head))
    if size % 2:
        total += PATTERN[size - 1] << 8
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


if __name__ == "__main__":
    first, last, step = map(int, sys.argv[2:5])
    sys.exit(main(sys.argv[1], range(first, last + 1, step)))
