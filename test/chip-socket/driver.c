/*
 * A driver of its own for the ENC28J60, compiled for the desktop: through the socket of `linkpulse serve --chip-socket` it brings the chip up by the
 * data sheet, waits for the link, asks 192.168.7.1 for its station address and pings it. It shares nothing with the drivers of linkpulse.
 * Section numbers: DS39662; errata: DS80349C. The protocol: docs/chip-socket.md.
 *
 *     driver PATH            prints what happens; ends with 0 when the echo is answered
 *     driver PATH misuse     breaks a rule of the data sheet three times, and says so
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { HELLO = 1, TRANSFER, ADVANCE, WAIT, RESET, BUS };
enum { CS_FALLS = 1, CS_RISES = 2 };
#define MILLISECOND 1000000u
#define REPLY_HEAD 16

static int chip;
static uint8_t reply[16384 + 1024];
/* Of the last reply: virtual time, findings so far. */
static uint64_t now;
static uint32_t findings;
/* Edges that replies have named, falling and rising. */
static unsigned fell, rose;

static void fail(const char *why) {
	printf("failed: %s\n", why);
	exit(1);
}

static uint64_t number(const uint8_t *from, int octets) {
	uint64_t value = 0;
	while (octets-- > 0) value = value << 8 | *from++;
	return value;
}

static void put_number(uint8_t *to, uint64_t value, int octets) {
	while (octets-- > 0) {
		to[octets] = value & 0xff;
		value >>= 8;
	}
}

static void take(uint8_t *to, size_t octets) {
	while (octets > 0) {
		ssize_t got = read(chip, to, octets);
		if (got <= 0) fail("the connection ended");
		to += got;
		octets -= got;
	}
}

/* One request and its reply, of which `payload` octets are what was asked for. */
static void request(int type, const uint8_t *body, size_t octets, size_t payload) {
	static uint8_t message[5 + 16384];
	uint8_t length[4];
	put_number(message, 1 + octets, 4);
	message[4] = type;
	memcpy(message + 5, body, octets);
	if (write(chip, message, 5 + octets) != (ssize_t)(5 + octets)) fail("the connection ended");
	take(length, 4);
	size_t size = number(length, 4);
	if (size < REPLY_HEAD || size > sizeof reply) fail("no reply has this length");
	take(reply, size);
	if (reply[0] != (0x80 | type)) {
		printf("refused (%d): %.*s\n", (int)number(reply + 16, 2), (int)(size - 18), (char *)reply + 18);
		exit(1);
	}
	now = number(reply + 1, 8);
	findings = number(reply + 10, 4);
	if (size < REPLY_HEAD + payload) fail("a reply is too short");
	for (uint8_t *edge = reply + REPLY_HEAD + payload; edge < reply + size; edge += 9) edge[8] ? rose++ : fell++;
}

/* Octets out, and those that come meanwhile to `in` (or nowhere). CS may stay low from one call to the next. */
static void spi(int flags, const uint8_t *out, uint8_t *in, size_t octets) {
	static uint8_t body[1 + 2048];
	body[0] = flags;
	if (octets > 0) memcpy(body + 1, out, octets);
	request(TRANSFER, body, 1 + octets, octets);
	if (in != NULL) memcpy(in, reply + REPLY_HEAD, octets);
}

static void pass(int type, uint64_t nanoseconds) {
	uint8_t body[8];
	put_number(body, nanoseconds, 8);
	request(type, body, 8, 0);
}

/* Registers: bank in bits 5 and 6, 0x80 for MAC and MII, which are read behind a dummy octet (4.2.1). */
enum {
	ERDPT = 0x00, EWRPT = 0x02, ETXST = 0x04, ETXND = 0x06, ERXST = 0x08, ERXND = 0x0a, ERXRDPT = 0x0c,
	EIE = 0x1b, EIR = 0x1c, ESTAT = 0x1d, ECON2 = 0x1e, ECON1 = 0x1f,
	ERXFCON = 0x20 | 0x18, EPKTCNT = 0x20 | 0x19,
	MACON1 = 0xc0, MACON3 = 0xc0 | 0x02, MACON4 = 0xc0 | 0x03, MABBIPG = 0xc0 | 0x04, MAIPG = 0xc0 | 0x06,
	MAMXFL = 0xc0 | 0x0a, MICMD = 0xc0 | 0x12, MIREGADR = 0xc0 | 0x14, MIWR = 0xc0 | 0x16, MIRD = 0xc0 | 0x18,
	MAADR1 = 0xe0 | 0x04, MAADR2 = 0xe0 | 0x05, MAADR3 = 0xe0 | 0x02, MAADR4 = 0xe0 | 0x03, MAADR5 = 0xe0 | 0x00,
	MAADR6 = 0xe0 | 0x01, MISTAT = 0xe0 | 0x0a, EREVID = 0x60 | 0x12,
};
enum { PHCON1 = 0x00, PHCON2 = 0x10, PHSTAT2 = 0x11, PHIE = 0x12, PHIR = 0x13 };
enum { WRITE = 0x40, SET = 0x80, CLEAR = 0xa0 };
enum { INTIE = 0x80, PKTIE = 0x40, LINKIE = 0x10, TXIE = 0x08, TXERIE = 0x02 };
enum { RXEN = 0x04, TXRTS = 0x08, TXRST = 0x80 };

#define RX_END 0x19ff
#define TX_START 0x1a00

static void op(int code, int reg, uint8_t value) {
	uint8_t out[2] = { code | (reg & 0x1f), value };
	spi(CS_FALLS | CS_RISES, out, NULL, 2);
}

static void bank_of(int reg) {
	static int bank = -1;
	int wanted = (reg >> 5) & 3;
	if ((reg & 0x1f) >= EIE || wanted == bank) return;
	bank = wanted;
	op(CLEAR, ECON1, 3);
	op(SET, ECON1, wanted);
}

static void put(int reg, uint8_t value) {
	bank_of(reg);
	op(WRITE, reg, value);
}

static void put16(int reg, uint16_t value) {
	put(reg, value & 0xff);
	put(reg + 1, value >> 8);
}

static uint8_t get(int reg) {
	uint8_t out[3] = { reg & 0x1f }, in[3];
	size_t octets = reg & 0x80 ? 3 : 2;
	bank_of(reg);
	spi(CS_FALLS | CS_RISES, out, in, octets);
	return in[octets - 1];
}

/* Until a bit is as wanted: through a broken wire it never is. */
static void poll(int reg, uint8_t bit, int wanted) {
	for (int tries = 0; (get(reg) & bit ? 1 : 0) != wanted; tries++) if (tries > 10000) fail("a bit never changed");
}

static void phy_put(int reg, uint16_t value) {
	put(MIREGADR, reg);
	put16(MIWR, value);
	poll(MISTAT, 1, 0);
}

static uint16_t phy_get(int reg) {
	put(MIREGADR, reg);
	put(MICMD, 1);
	poll(MISTAT, 1, 0);
	put(MICMD, 0);
	return get(MIRD) | get(MIRD + 1) << 8;
}

static const uint8_t station[6] = { 0x02, 0x4c, 0x50, 0x00, 0x17, 0x07 };
static const uint8_t own[4] = { 192, 168, 7, 2 }, partner[4] = { 192, 168, 7, 1 };
static uint8_t frame[1518];
static uint16_t next_packet;

static void bring_up(void) {
	static const int address[6] = { MAADR1, MAADR2, MAADR3, MAADR4, MAADR5, MAADR6 };
	uint8_t out[1] = { 0xff }, level = 0;
	/* RESET low for 400 ns and more (table 16-3); then the PHY has its 50 us (11.2). */
	request(RESET, &level, 1, 0);
	pass(ADVANCE, 1000);
	level = 1;
	request(RESET, &level, 1, 0);
	pass(ADVANCE, MILLISECOND);
	spi(CS_FALLS | CS_RISES, out, NULL, 1); /* and by the instruction (11.3) */
	pass(ADVANCE, MILLISECOND); /* erratum 2: CLKRDY is no sign of readiness behind it */
	poll(ESTAT, 1, 1);
	put16(ERXST, 0); /* erratum 5 */
	put16(ERXND, RX_END);
	put16(ERXRDPT, RX_END); /* erratum 14: odd */
	put(ERXFCON, 0xa1); /* for us and for all, with a good CRC (8.0) */
	put(MACON1, 0x01); /* MARXEN (6.5) */
	put(MACON3, 0x32); /* padded to 60 octets, with CRC, lengths checked */
	put(MACON4, 0x40); /* DEFER */
	put16(MAMXFL, 1518);
	put(MABBIPG, 0x12);
	put16(MAIPG, 0x0c12);
	for (int i = 0; i < 6; i++) put(address[i], station[i]);
	phy_put(PHCON1, 0); /* half duplex, as MACON3 says (6.6) */
	phy_put(PHCON2, 0x0100); /* HDLDIS */
	phy_put(PHIE, 0x0012); /* PGEIE, PLNKIE */
	put(EIE, INTIE | PKTIE | LINKIE | TXIE | TXERIE);
	op(SET, ECON1, RXEN);
}

/* Waits for INT to be low, 100 ms at most. Returns the flags, with INTIE off while they are looked at (12.0). */
static uint8_t interrupt(void) {
	pass(WAIT, 100 * (uint64_t)MILLISECOND);
	op(CLEAR, EIE, INTIE);
	return get(EIR);
}

static void served(void) {
	op(SET, EIE, INTIE);
}

static void wait_for_link(void) {
	int up = 0;
	for (int tries = 0; !up; served()) {
		if (++tries > 50) fail("no link within 5 s");
		if (!(interrupt() & LINKIE)) continue;
		phy_get(PHIR); /* clears LINKIF (12.1.5) */
		up = (phy_get(PHSTAT2) & 0x0400) != 0;
	}
	printf("link up\n");
}

static void send_frame(uint16_t octets) {
	static const uint8_t control[2] = { 0x7a, 0 };
	uint8_t flags;
	int tries = 0;
	op(SET, ECON1, TXRST); /* erratum 12 */
	op(CLEAR, ECON1, TXRST);
	op(CLEAR, EIR, TXIE | TXERIE);
	put16(ETXST, TX_START);
	put16(EWRPT, TX_START);
	/* One chip select in three messages: the control octet, the frame, CS. */
	spi(CS_FALLS, control, NULL, 2);
	spi(0, frame, NULL, octets);
	spi(CS_RISES, NULL, NULL, 0);
	put16(ETXND, TX_START + octets);
	op(SET, ECON1, TXRTS);
	do {
		flags = interrupt();
		served();
		if (++tries > 10000) fail("no end of the frame was told");
	} while (!(flags & (TXIE | TXERIE)));
	if (flags & TXERIE) fail("the frame was not sent");
	op(CLEAR, EIR, TXIE | TXERIE);
}

/* The next frame, with its length without FCS; 0 where none comes within 100 ms. */
static uint16_t receive_frame(void) {
	static const uint8_t zeros[sizeof frame], read_memory[1] = { 0x3a };
	uint8_t header[6];
	interrupt();
	int count = get(EPKTCNT); /* erratum 6: PKTIF alone is no sign */
	served();
	if (count == 0) return 0;
	put16(ERDPT, next_packet);
	spi(CS_FALLS, read_memory, NULL, 1);
	spi(0, zeros, header, 6);
	uint16_t octets = (header[2] | header[3] << 8) - 4;
	if (!(header[4] & 0x80) || octets > sizeof frame) fail("a frame with errors");
	spi(CS_RISES, zeros, frame, octets);
	next_packet = header[0] | header[1] << 8;
	put16(ERXRDPT, next_packet == 0 ? RX_END : next_packet - 1);
	op(SET, ECON2, 0x40); /* PKTDEC */
	return octets;
}

static uint16_t checksum(const uint8_t *from, size_t octets) {
	uint32_t sum = 0;
	for (; octets > 1; octets -= 2, from += 2) sum += from[0] << 8 | from[1];
	while (sum >> 16) sum = (sum & 0xffff) + (sum >> 16);
	return ~sum;
}

static void begin_frame(const uint8_t *destination, uint16_t type) {
	memset(frame, 0, sizeof frame);
	memcpy(frame, destination, 6);
	memcpy(frame + 6, station, 6);
	put_number(frame + 12, type, 2);
}

static void resolve(uint8_t *found) {
	static const uint8_t all[6] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };
	static const uint8_t head[8] = { 0, 1, 8, 0, 6, 4, 0, 1 };
	/* What is sent before the other end has its link is lost: it is asked again. */
	for (int tries = 0; tries < 20; tries++) {
		begin_frame(all, 0x0806);
		memcpy(frame + 14, head, 8);
		memcpy(frame + 22, station, 6);
		memcpy(frame + 28, own, 4);
		memcpy(frame + 38, partner, 4);
		send_frame(42);
		while (receive_frame() > 0) {
			if (number(frame + 12, 2) != 0x0806 || frame[21] != 2 || memcmp(frame + 28, partner, 4) != 0) continue;
			memcpy(found, frame + 22, 6);
			printf("192.168.7.1 answered ARP\n");
			return;
		}
	}
	fail("nobody answered ARP");
}

static void ping(const uint8_t *destination) {
	uint8_t sent[36];
	begin_frame(destination, 0x0800);
	uint8_t *ip = frame + 14, *icmp = ip + 20;
	ip[0] = 0x45;
	put_number(ip + 2, 20 + sizeof sent, 2);
	ip[8] = 64;
	ip[9] = 1;
	memcpy(ip + 12, own, 4);
	memcpy(ip + 16, partner, 4);
	put_number(ip + 10, checksum(ip, 20), 2);
	icmp[0] = 8;
	put_number(icmp + 4, 0x17070001, 4);
	for (size_t i = 8; i < sizeof sent; i++) icmp[i] = 'a' + i;
	put_number(icmp + 2, checksum(icmp, sizeof sent), 2);
	memcpy(sent, icmp, sizeof sent);
	send_frame(34 + sizeof sent);
	do {
		if (receive_frame() == 0) fail("nobody answered the echo");
	} while (number(frame + 12, 2) != 0x0800 || frame[23] != 1 || icmp[0] != 0);
	if (memcmp(icmp + 4, sent + 4, sizeof sent - 4) != 0 || checksum(icmp, sizeof sent) != 0) fail("another echo");
	printf("192.168.7.1 answered the echo\n");
}

/* A MAC register in two octets, as if it had no dummy octet (4.2.1). */
static void misuse(void) {
	uint8_t out[2] = { MACON1 & 0x1f };
	bank_of(MACON1);
	printf("findings before: %u\n", (unsigned)findings);
	for (int i = 0; i < 3; i++) spi(CS_FALLS | CS_RISES, out, NULL, 2);
	printf("findings behind: %u\n", (unsigned)findings);
}

int main(int argc, char **argv) {
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	uint8_t version[2] = { 0, 1 }, destination[6], bus[12];
	if (argc < 2) return 2;
	strncpy(at.sun_path, argv[1], sizeof at.sun_path - 1);
	chip = socket(AF_UNIX, SOCK_STREAM, 0);
	if (chip < 0 || connect(chip, (struct sockaddr *)&at, sizeof at) != 0) {
		perror(argv[1]);
		return 1;
	}
	request(HELLO, version, 2, 6);
	put_number(bus, 10000000, 4);
	put_number(bus + 4, 210, 4);
	put_number(bus + 8, 500, 4);
	request(BUS, bus, 12, 0);
	bring_up();
	printf("revision %d\n", get(EREVID));
	if (argc > 2) {
		misuse();
		return 0;
	}
	wait_for_link();
	resolve(destination);
	ping(destination);
	if (fell == 0 || rose == 0) fail("no edge of INT was told");
	printf("findings: %u\n", (unsigned)findings);
	printf("at %llu ns\n", (unsigned long long)now);
	return 0;
}
