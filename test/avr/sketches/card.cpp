/*
 * A sketch with an SD card beside its Ethernet chip, on the unmodified Arduino core: it brings the card up as "Physical Layer Simplified
 * Specification" 7.2.1 says, reads the first block, writes the second, and reads it back. Card on pin 4, Ethernet on 10.
 */
#include <Arduino.h>
#include <SPI.h>

static uint8_t block[512];

static uint8_t clock(uint8_t octet = 0xff) { return SPI.transfer(octet); }

static uint8_t command(uint8_t index, uint32_t argument, uint8_t crc = 0xff) {
	clock();
	clock(0x40 | index);
	for (int8_t shift = 24; shift >= 0; shift -= 8) clock(argument >> shift);
	clock(crc);
	for (uint8_t i = 0; i < 8; i++) {
		uint8_t answer = clock();
		if (!(answer & 0x80)) return answer;
	}
	return 0xff;
}

static uint32_t four() {
	uint32_t value = 0;
	for (uint8_t i = 0; i < 4; i++) value = value << 8 | clock();
	return value;
}

static void print(const __FlashStringHelper *what, uint32_t value) {
	Serial.print(what);
	Serial.println(value, HEX);
}

static bool readBlock(uint32_t address) {
	if (command(17, address)) return false;
	while (clock() != 0xfe) {}
	for (uint16_t i = 0; i < 512; i++) block[i] = clock();
	uint16_t crc = 0;
	for (uint16_t i = 0; i < 512; i++) {
		crc ^= (uint16_t)block[i] << 8;
		for (uint8_t bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? crc << 1 ^ 0x1021 : crc << 1;
	}
	uint16_t sent = (uint16_t)clock() << 8;
	return (sent | clock()) == crc;
}

void setup() {
	Serial.begin(115200);
	pinMode(10, OUTPUT);
	digitalWrite(10, HIGH);
	pinMode(4, OUTPUT);
	digitalWrite(4, HIGH);
	SPI.begin();
	SPI.beginTransaction(SPISettings(400000, MSBFIRST, SPI_MODE0));
	for (uint8_t i = 0; i < 10; i++) clock();
	digitalWrite(4, LOW);
	print(F("wrong crc: "), command(0, 0, 0x01));
	print(F("idle: "), command(0, 0, 0x95)); /* the CRCs that the specification gives */
	print(F("condition: "), command(8, 0x1aa, 0x87));
	print(F("pattern: "), four());
	print(F("too early: "), command(17, 0));
	uint16_t asked = 0;
	do {
		command(55, 0);
		asked++;
	} while (command(41, 0x40000000) != 0);
	print(F("asked more than once: "), asked > 1);
	command(58, 0);
	print(F("ocr: "), four());
	SPI.endTransaction();
	SPI.beginTransaction(SPISettings(8000000, MSBFIRST, SPI_MODE0));
	print(F("length: "), command(16, 512));
	print(F("misaligned: "), command(17, 7));
	print(F("read: "), readBlock(0));
	Serial.write(block, 4);
	Serial.println();
	print(F("write: "), command(24, 512));
	clock();
	clock(0xfe);
	for (uint16_t i = 0; i < 512; i++) clock(i);
	clock();
	clock();
	print(F("accepted: "), clock() & 0x1f);
	uint16_t busy = 0;
	while (clock() != 0xff) busy++;
	print(F("was busy: "), busy > 0);
	print(F("again: "), readBlock(512));
	print(F("same: "), block[3] == 3 && block[511] == 0xff);
	command(9, 0);
	while (clock() != 0xfe) {}
	for (uint8_t i = 0; i < 18; i++) block[i] = clock();
	/* C_SIZE, bits 73 to 62 of the CSD */
	print(F("size: "), (uint16_t)(block[6] & 3) << 10 | (uint16_t)block[7] << 2 | block[8] >> 6);
	digitalWrite(4, HIGH);
	clock();
	Serial.println(F("done"));
}

void loop() {}
