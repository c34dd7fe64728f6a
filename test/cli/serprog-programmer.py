"""A serprog programmer at a pseudo-terminal, written from flashrom's serprog-protocol.txt alone.

    serprog-programmer.py full|bare|tiny

Prints the path of its port. SPI operations go out on standard output as "spi WRITTEN READ" (WRITTEN in hexadecimal, or -)
and their octets come back on standard input as one line of hexadecimal. At the end of its input it stops.

full: every optional query, a clock that can be set, a large serial buffer.
bare: the three mandatory commands, SYNCNOP and O_SPIOP.
tiny: full, with a serial buffer of 64 octets and at most 32 written and 48 read in one operation; it forgets what comes while
      more than its buffer holds is waiting, as a small controller does.
"""

import os
import sys
import threading
import tty

ACK, NAK = b"\x06", b"\x15"
KIND = sys.argv[1]
NAME = {"full": b"python-full", "bare": b"", "tiny": b"python-tiny"}[KIND]
SERBUF = {"full": 0xFFFF, "bare": 0, "tiny": 64}[KIND]
WRITE_LIMIT, READ_LIMIT = (32, 48) if KIND == "tiny" else (0, 0)
MANDATORY = [0x00, 0x01, 0x02, 0x10, 0x13]
OPTIONAL = [0x03, 0x04, 0x05, 0x07, 0x08, 0x11, 0x12, 0x14, 0x15]
COMMANDS = MANDATORY if KIND == "bare" else MANDATORY + OPTIONAL
PARAMETERS = {0x12: 1, 0x13: 6, 0x14: 4, 0x15: 1}

master, slave = os.openpty()
tty.setraw(slave)
waiting = bytearray()
ready = threading.Condition()


def receive():
    while True:
        octets = os.read(master, 65536)
        with ready:
            room = SERBUF * 4 - len(waiting) if KIND == "tiny" else len(octets)
            waiting.extend(octets[: max(0, room)])
            ready.notify()


def take(count):
    with ready:
        while len(waiting) < count:
            ready.wait()
        octets = bytes(waiting[:count])
        del waiting[:count]
        return octets


def answer(octets):
    while octets:
        octets = octets[os.write(master, octets) :]


def number(octets):
    return int.from_bytes(octets, "little")


def little(value, count):
    return value.to_bytes(count, "little")


def command_map():
    octets = bytearray(32)
    for command in COMMANDS:
        octets[command // 8] |= 1 << (command % 8)
    return bytes(octets)


def spi(parameters):
    write_count, read_count = number(parameters[:3]), number(parameters[3:])
    written = take(write_count)
    if (WRITE_LIMIT and write_count > WRITE_LIMIT) or (READ_LIMIT and read_count > READ_LIMIT):
        return NAK
    print("spi", written.hex() or "-", read_count, flush=True)
    line = sys.stdin.readline()
    if line == "":
        os._exit(0)
    return ACK + bytes.fromhex(line.strip())


ANSWERS = {
    0x00: lambda _: ACK,
    0x01: lambda _: ACK + little(1, 2),
    0x02: lambda _: ACK + command_map(),
    0x03: lambda _: ACK + NAME.ljust(16, b"\0"),
    0x04: lambda _: ACK + little(SERBUF, 2),
    0x05: lambda _: ACK + b"\x08",
    0x07: lambda _: ACK + little(0, 2),
    0x08: lambda _: ACK + little(WRITE_LIMIT, 3),
    0x10: lambda _: NAK + ACK,
    0x11: lambda _: ACK + little(READ_LIMIT, 3),
    0x12: lambda parameters: ACK if parameters[0] == 8 else NAK,
    0x13: spi,
    0x14: lambda parameters: ACK + little(min(number(parameters), 12_000_000), 4) if number(parameters) else NAK,
    0x15: lambda _: ACK,
}

threading.Thread(target=receive, daemon=True).start()
print(os.ttyname(slave), flush=True)
while True:
    command = take(1)[0]
    answer(ANSWERS[command](take(PARAMETERS.get(command, 0))) if command in COMMANDS else NAK)
