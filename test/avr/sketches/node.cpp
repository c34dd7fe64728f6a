/*
 * A sketch as people write them, on the unmodified Arduino core: a node with a button on pin 4, an LED on pin 7, a
 * potentiometer on A0, a console on Serial, and an ENC28J60 with chip select on CS (10) behind the SPI library. It says its address,
 * asks who has 192.168.7.1 once there is a link, and answers ARP and ping. Section numbers: DS39662.
 */
#include <Arduino.h>
#include <SPI.h>

#ifndef CS
#define CS 10
#endif
#ifndef HOST
#define HOST 2
#endif

static const uint8_t station[6] = { 0x02, 0x4c, 0x50, 0x00, 0x01, HOST };
static const uint8_t address[4] = { 192, 168, 7, HOST };
static const uint8_t peer[4] = { 192, 168, 7, 1 };
static uint8_t frame[400];
static uint16_t nextPacket;
static uint8_t bank = 0xff;
static bool linked, pressed;
static char typed[24];
static uint8_t typedLength;

enum : uint8_t {
	ERDPT = 0x00, EWRPT = 0x02, ETXST = 0x04, ETXND = 0x06, ERXST = 0x08, ERXND = 0x0a, ERXRDPT = 0x0c,
	EIR = 0x1c, ESTAT = 0x1d, ECON2 = 0x1e, ECON1 = 0x1f,
	ERXFCON = 0x38, EPKTCNT = 0x39, /* bank 1 */
	MACON1 = 0xc0, MACON3 = 0xc2, MACON4 = 0xc3, MABBIPG = 0xc4, MAIPG = 0xc6, MAMXFL = 0xca,
	MICMD = 0xd2, MIREGADR = 0xd4, MIWR = 0xd6, MIRD = 0xd8,
	MAADR5 = 0xe0, MISTAT = 0xea, /* 0x80: MAC and MII, which answer behind a dummy octet (4.2.1) */
};

static void select() {
	SPI.beginTransaction(SPISettings(8000000, MSBFIRST, SPI_MODE0));
	digitalWrite(CS, LOW);
}

static void release() {
	digitalWrite(CS, HIGH);
	SPI.endTransaction();
}

static void op(uint8_t code, uint8_t value) {
	select();
	SPI.transfer(code);
	SPI.transfer(value);
	release();
}

static void inBank(uint8_t reg) {
	uint8_t wanted = (reg >> 5) & 3;
	if ((reg & 0x1f) >= 0x1b || wanted == bank) return;
	bank = wanted;
	op(0xa0 | ECON1, 3);
	op(0x80 | ECON1, wanted);
}

static void put(uint8_t reg, uint8_t value) {
	inBank(reg);
	op(0x40 | (reg & 0x1f), value);
}

static void put16(uint8_t reg, uint16_t value) {
	put(reg, value);
	put(reg + 1, value >> 8);
}

static uint8_t get(uint8_t reg) {
	inBank(reg);
	select();
	SPI.transfer(reg & 0x1f);
	if (reg & 0x80) SPI.transfer(0);
	uint8_t value = SPI.transfer(0);
	release();
	return value;
}

static void writePhy(uint8_t reg, uint16_t value) {
	put(MIREGADR, reg);
	put16(MIWR, value);
	while (get(MISTAT) & 1) {}
}

static uint16_t readPhy(uint8_t reg) {
	put(MIREGADR, reg);
	put(MICMD, 1);
	while (get(MISTAT) & 1) {}
	put(MICMD, 0);
	return get(MIRD) | (uint16_t)get(MIRD + 1) << 8;
}

static void begin() {
	select();
	SPI.transfer(0xff); /* system reset command, 11.2 */
	release();
	delay(2); /* erratum 2: CLKRDY says nothing yet */
	while (!(get(ESTAT) & 1)) {}
	put16(ERXST, 0);
	put16(ERXND, 0x19ff);
	put16(ERXRDPT, 0x19ff);
	put(ERXFCON, 0xa1); /* unicast and broadcast with a good CRC */
	put(MACON1, 0x01);
	put(MACON3, 0x32);
	put(MACON4, 0x40);
	put16(MAMXFL, 1518);
	put(MABBIPG, 0x12);
	put16(MAIPG, 0x0c12);
	static const uint8_t places[6] = { 4, 5, 2, 3, 0, 1 }; /* table 3-1 */
	for (uint8_t i = 0; i < 6; i++) put(MAADR5 + places[i], station[i]);
	writePhy(0x10, 0x0100); /* HDLDIS */
	op(0x80 | ECON1, 0x04); /* RXEN */
}

static void send(uint16_t length) {
	if (length < 60) {
		memset(frame + length, 0, 60 - length);
		length = 60;
	}
	op(0x80 | ECON1, 0x80); /* TXRST: erratum 12 */
	op(0xa0 | ECON1, 0x80);
	op(0xa0 | EIR, 0x0a);
	put16(ETXST, 0x1a00);
	put16(EWRPT, 0x1a00);
	select();
	SPI.transfer(0x7a);
	SPI.transfer(0);
	for (uint16_t i = 0; i < length; i++) SPI.transfer(frame[i]);
	release();
	put16(ETXND, 0x1a00 + length);
	op(0x80 | ECON1, 0x08);
	while (!(get(EIR) & 0x0a)) {}
	op(0xa0 | ECON1, 0x08);
}

static void ask() {
	memset(frame, 0xff, 6);
	memcpy(frame + 6, station, 6);
	static const uint8_t head[] = { 0x08, 0x06, 0, 1, 8, 0, 6, 4, 0, 1 };
	memcpy(frame + 12, head, sizeof head);
	memcpy(frame + 22, station, 6);
	memcpy(frame + 28, address, 4);
	memset(frame + 32, 0, 6);
	memcpy(frame + 38, peer, 4);
	send(42);
}

static uint16_t checksum(const uint8_t *p, uint16_t length) {
	uint32_t sum = 0;
	for (; length > 1; length -= 2, p += 2) sum += (uint16_t)p[0] << 8 | p[1];
	if (length) sum += (uint16_t)p[0] << 8;
	while (sum >> 16) sum = (sum & 0xffff) + (sum >> 16);
	return ~sum;
}

static void back() {
	memcpy(frame, frame + 6, 6);
	memcpy(frame + 6, station, 6);
}

static void answer(uint16_t length) {
	if (length < 42) return;
	uint16_t type = (uint16_t)frame[12] << 8 | frame[13];
	if (type == 0x0806) {
		if (frame[21] == 2 && !memcmp(frame + 28, peer, 4)) Serial.println(F("peer found"));
		if (frame[21] != 1 || memcmp(frame + 38, address, 4)) return;
		back();
		frame[21] = 2;
		memcpy(frame + 32, frame + 22, 10);
		memcpy(frame + 22, station, 6);
		memcpy(frame + 28, address, 4);
		send(42);
		return;
	}
	if (type != 0x0800 || frame[14] != 0x45 || frame[23] != 1 || memcmp(frame + 30, address, 4)) return;
	uint16_t total = (uint16_t)frame[16] << 8 | frame[17];
	if (total < 28 || total + 14 > length || frame[34] != 8) return;
	back();
	memcpy(frame + 30, frame + 26, 4);
	memcpy(frame + 26, address, 4);
	frame[22] = 64;
	frame[24] = frame[25] = 0;
	uint16_t sum = checksum(frame + 14, 20);
	frame[24] = sum >> 8;
	frame[25] = sum;
	frame[34] = frame[36] = frame[37] = 0;
	sum = checksum(frame + 34, total - 20);
	frame[36] = sum >> 8;
	frame[37] = sum;
	send(total + 14);
}

static void receive() {
	uint8_t header[6];
	put16(ERDPT, nextPacket);
	select();
	SPI.transfer(0x3a);
	for (uint8_t i = 0; i < 6; i++) header[i] = SPI.transfer(0);
	uint16_t length = (header[2] | (uint16_t)header[3] << 8) - 4;
	uint16_t kept = length > sizeof frame ? sizeof frame : length;
	for (uint16_t i = 0; i < kept; i++) frame[i] = SPI.transfer(0);
	release();
	nextPacket = header[0] | (uint16_t)header[1] << 8;
	put16(ERXRDPT, nextPacket == 0 ? 0x19ff : nextPacket - 1); /* erratum 14: odd */
	op(0x80 | ECON2, 0x40); /* PKTDEC */
	if (kept == length && (header[4] & 0x80)) answer(length);
}

static void command() {
	typed[typedLength] = 0;
	typedLength = 0;
	if (!strcmp(typed, "analog")) {
		Serial.print(F("A0 = "));
		Serial.println(analogRead(A0));
	} else if (!strcmp(typed, "bad")) {
		inBank(MACON1);
		op(0x80 | 0x00, 1); /* a bit of a MAC register: 4.2.4 forbids it */
		Serial.println(F("done"));
	} else {
		Serial.print(F("hello, "));
		Serial.println(typed);
	}
	Serial.print(F("> "));
}

void setup() {
	Serial.begin(115200);
	pinMode(4, INPUT_PULLUP);
	pinMode(7, OUTPUT);
	pinMode(CS, OUTPUT);
	digitalWrite(CS, HIGH);
	SPI.begin();
	begin();
	Serial.print(F("IP: 192.168.7."));
	Serial.println(HOST);
	Serial.print(F("name? "));
}

void loop() {
	while (Serial.available()) {
		char c = Serial.read();
		if (c == '\n') command();
		else if (c != '\r' && typedLength < sizeof typed - 1) typed[typedLength++] = c;
	}
	bool now = !digitalRead(4);
	if (now != pressed) {
		pressed = now;
		digitalWrite(7, now);
		Serial.println(now ? F("button pressed") : F("button released"));
	}
	bool up = (readPhy(0x11) >> 10) & 1; /* PHSTAT2.LSTAT */
	if (up != linked) {
		linked = up;
		Serial.println(up ? F("link up") : F("link down"));
		if (up) ask();
	}
	if (get(EPKTCNT)) receive();
}
