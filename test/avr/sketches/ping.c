/*
 * A sketch of its own for the tests: ARP and ICMP echo over an ENC28J60 with chip select on Arduino pin 10 (PB2), in a
 * driver that shares nothing with the bridge firmware or the TypeScript one. Section numbers: DS39662.
 *
 * Prints a line on the USART (115200 baud) when it is up and for each echo it answers. ADDRESS may be given by -D.
 */
#include <avr/io.h>
#include <stdint.h>
#include <string.h>
#include <util/delay.h>
#include "spi.h"

#ifndef ADDRESS
#define ADDRESS 192, 168, 7, 2
#endif

static const uint8_t station[6] = { 0x02, 0x4c, 0x50, 0x00, 0x00, 0x01 };
static const uint8_t address[4] = { ADDRESS };
static uint8_t frame[600];
static uint16_t next_packet;
static uint8_t bank = 0xff;

#define RX_END 0x19ff
#define TX_START 0x1a00

/* Registers: bank in bits 5-6, 0x80 for those that are read with a dummy octet (MAC and MII, 4.2.1). */
#define ERDPT 0x00
#define EWRPT 0x02
#define ETXST 0x04
#define ETXND 0x06
#define ERXST 0x08
#define ERXND 0x0a
#define ERXRDPT 0x0c
#define EIR 0x1c
#define ESTAT 0x1d
#define ECON2 0x1e
#define ECON1 0x1f
#define ERXFCON (0x20 | 0x18)
#define EPKTCNT (0x20 | 0x19)
#define MACON1 (0xc0 | 0x00)
#define MACON3 (0xc0 | 0x02)
#define MACON4 (0xc0 | 0x03)
#define MABBIPG (0xc0 | 0x04)
#define MAIPG (0xc0 | 0x06)
#define MAMXFL (0xc0 | 0x0a)
#define MIREGADR (0xc0 | 0x14)
#define MIWR (0xc0 | 0x16)
#define MISTAT (0xe0 | 0x0a)
#define MAADR5 (0xe0 | 0x00)

static void cs(uint8_t high) {
	if (high) PORTB |= 1 << PB2;
	else PORTB &= ~(1 << PB2);
}

static void op(uint8_t code, uint8_t value) {
	cs(0);
	spi(code);
	spi(value);
	cs(1);
}

static void select_bank(uint8_t reg) {
	uint8_t wanted = (reg >> 5) & 3;
	if ((reg & 0x1f) >= 0x1b || wanted == bank) return;
	bank = wanted;
	op(0xa0 | ECON1, 3);
	op(0x80 | ECON1, wanted);
}

static void put(uint8_t reg, uint8_t value) {
	select_bank(reg);
	op(0x40 | (reg & 0x1f), value);
}

static void put16(uint8_t reg, uint16_t value) {
	put(reg, value & 0xff);
	put(reg + 1, value >> 8);
}

static uint8_t get(uint8_t reg) {
	select_bank(reg);
	cs(0);
	spi(reg & 0x1f);
	if (reg & 0x80) spi(0);
	uint8_t value = spi(0);
	cs(1);
	return value;
}

static void phy(uint8_t reg, uint16_t value) {
	put(MIREGADR, reg);
	put16(MIWR, value);
	while (get(MISTAT) & 1) {}
}

static void print(const char *text) {
	for (; *text; text++) {
		while (!(UCSR0A & (1 << UDRE0))) {}
		UDR0 = *text;
	}
}

static void start(void) {
	DDRB |= (1 << PB2) | (1 << PB3) | (1 << PB5);
	cs(1);
	spi_begin();
	_delay_ms(2);
	cs(0);
	spi(0xff); /* system reset command */
	cs(1);
	_delay_ms(2); /* erratum 2: CLKRDY is no sign of readiness after this command */
	while (!(get(ESTAT) & 1)) {}
	put16(ERXST, 0);
	put16(ERXND, RX_END);
	put16(ERXRDPT, RX_END);
	put(ERXFCON, 0xa1); /* unicast and broadcast with a good CRC */
	put(MACON1, 0x01);
	put(MACON3, 0x32);
	put(MACON4, 0x40);
	put16(MAMXFL, 1518);
	put(MABBIPG, 0x12);
	put16(MAIPG, 0x0c12);
	/* MAADR5 is octet 3 of register order: 1,0 / 3,2 / 5,4 (table 3-1) */
	put(MAADR5 + 4, station[0]);
	put(MAADR5 + 5, station[1]);
	put(MAADR5 + 2, station[2]);
	put(MAADR5 + 3, station[3]);
	put(MAADR5 + 0, station[4]);
	put(MAADR5 + 1, station[5]);
	phy(0x10, 0x0100); /* HDLDIS */
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
	put16(ETXST, TX_START);
	put16(EWRPT, TX_START);
	cs(0);
	spi(0x7a);
	spi(0);
	for (uint16_t i = 0; i < length; i++) spi(frame[i]);
	cs(1);
	put16(ETXND, TX_START + length);
	op(0x80 | ECON1, 0x08);
	while (!(get(EIR) & 0x0a)) {}
	op(0xa0 | ECON1, 0x08);
}

static uint16_t checksum(const uint8_t *p, uint16_t length) {
	uint32_t sum = 0;
	for (; length > 1; length -= 2, p += 2) sum += ((uint16_t)p[0] << 8) | p[1];
	if (length) sum += (uint16_t)p[0] << 8;
	while (sum >> 16) sum = (sum & 0xffff) + (sum >> 16);
	return ~sum;
}

static void to_sender(void) {
	memcpy(frame, frame + 6, 6);
	memcpy(frame + 6, station, 6);
}

static void answer(uint16_t length) {
	if (length < 42) return;
	uint16_t type = ((uint16_t)frame[12] << 8) | frame[13];
	if (type == 0x0806) {
		if (frame[21] != 1 || memcmp(frame + 38, address, 4)) return;
		to_sender();
		frame[21] = 2;
		memcpy(frame + 32, frame + 22, 10);
		memcpy(frame + 22, station, 6);
		memcpy(frame + 28, address, 4);
		send(42);
		return;
	}
	if (type != 0x0800 || frame[14] != 0x45 || frame[23] != 1 || memcmp(frame + 30, address, 4)) return;
	uint16_t total = ((uint16_t)frame[16] << 8) | frame[17];
	if (total < 28 || total + 14 > length || frame[34] != 8) return;
	to_sender();
	memcpy(frame + 30, frame + 26, 4);
	memcpy(frame + 26, address, 4);
	frame[22] = 64;
	frame[24] = frame[25] = 0;
	uint16_t sum = checksum(frame + 14, 20);
	frame[24] = sum >> 8;
	frame[25] = sum;
	frame[34] = 0;
	frame[36] = frame[37] = 0;
	sum = checksum(frame + 34, total - 20);
	frame[36] = sum >> 8;
	frame[37] = sum;
	send(total + 14);
	print("echo\r\n");
}

static void receive(void) {
	uint8_t header[6];
	put16(ERDPT, next_packet);
	cs(0);
	spi(0x3a);
	for (uint8_t i = 0; i < 6; i++) header[i] = spi(0);
	uint16_t length = (header[2] | ((uint16_t)header[3] << 8)) - 4;
	uint16_t kept = length > sizeof frame ? sizeof frame : length;
	for (uint16_t i = 0; i < kept; i++) frame[i] = spi(0);
	cs(1);
	next_packet = header[0] | ((uint16_t)header[1] << 8);
	/* erratum 14: ERXRDPT must be odd */
	put16(ERXRDPT, next_packet == 0 ? RX_END : next_packet - 1);
	op(0x80 | ECON2, 0x40); /* PKTDEC */
	if (kept == length && (header[4] & 0x80)) answer(length);
}

int main(void) {
	UCSR0A = 1 << U2X0;
	UBRR0 = 16;
	UCSR0B = 1 << TXEN0;
	print("starting\r\n");
	start();
	print("up\r\n");
	for (;;) if (get(EPKTCNT)) receive();
}
