"""pyserial as a client of RFC 2217: what `linkpulse serve avr:uno --rfc2217` is to a stranger.

    rfc2217-client.py URL           prints what it saw, a line each
"""

import sys
import time

import serial

port = serial.serial_for_url(sys.argv[1], baudrate=1_000_000, timeout=3)
print("rate", port.baudrate)


def ask(octets, count):
    port.write(bytes(octets))
    return port.read(count).hex()


# a board that has just started announces itself; from the first serprog command on it is a programmer (serprog-protocol.txt)
time.sleep(0.7)
ask([0x00] * 8, 8)
time.sleep(0.1)
port.reset_input_buffer()
while port.in_waiting:
    port.read(port.in_waiting)
print("sync", ask([0x10], 2))
print("name", bytes.fromhex(ask([0x03], 17)[2:]).rstrip(b"\0").decode())
# 255 both ways: into the chip's memory (WBM), ERDPT to 0 (WCR ERDPTL, ERDPTH in bank 0), and back (RBM)
spi = lambda written, read: ask([0x13, len(written), 0, 0, read, 0, 0, *written], 1 + read)
print("reset", spi([0xFF], 0))
time.sleep(0.01)
print("write", spi([0x7A, 0xFF, 0x00, 0xFF, 0xFF], 0))
spi([0x40, 0x00], 0)
spi([0x41, 0x00], 0)
print("read", spi([0x3A], 4))
port.bytesize, port.parity, port.stopbits = 7, "E", 2
port.bytesize, port.parity, port.stopbits = 8, "N", 1
port.baudrate = 500_000
print("rate", port.baudrate)
port.baudrate = 1_000_000
# a press of the reset button: the board announces itself with a session cell (01, kind 11, channel 0)
port.reset_input_buffer()
port.dtr = False
time.sleep(0.05)
port.dtr = True
print("after DTR", port.read(1).hex())
port.close()
